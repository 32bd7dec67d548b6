/** What is installed: the archives, the licences, the examples, the completion and the scripts. */
package dev.gangway.it.installation;
