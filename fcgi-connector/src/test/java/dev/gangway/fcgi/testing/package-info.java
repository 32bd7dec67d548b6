/** What the tests of this and of other modules say of an answer. */
package dev.gangway.fcgi.testing;
