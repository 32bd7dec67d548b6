/**
 * A raw FastCGI client for tests: {@link dev.gangway.conformance.peer.Peer} plays the web server. The package knows the
 * specification and nothing of the connector, so that it can examine any FastCGI application.
 */
package dev.gangway.conformance.peer;
