/** What everything is compared with: the same applications on Jetty's own HTTP connector, in a process of its own. */
package dev.gangway.conformance.reference;
