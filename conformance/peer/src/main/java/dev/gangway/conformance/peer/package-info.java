/**
 * A raw FastCGI client for tests: {@link dev.gangway.conformance.peer.Peer} plays the web server, and rejects what the
 * specification does not allow. The package knows the specification and nothing of the connector, so that it can be the
 * judge of any FastCGI application.
 */
package dev.gangway.conformance.peer;
