/** What tests have in common: applications, what they have seen, and what is said of an answer. */
package dev.gangway.fcgi.testing;
