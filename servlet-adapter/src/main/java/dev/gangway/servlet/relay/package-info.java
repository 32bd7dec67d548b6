/**
 * What a web server starts instead of the server itself, on a machine without Perl: a process that passes connections on
 * to the daemon. {@link dev.gangway.servlet.relay.Relay} is its main class. It needs nothing but the JDK, so that it
 * starts quickly and stays small.
 *
 * <p>Its twin for all other machines is {@code libexec/relay.pl}; both do the same.
 */
package dev.gangway.servlet.relay;
