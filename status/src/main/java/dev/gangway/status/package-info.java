/**
 * Writes the figures of a server: as a page ({@link dev.gangway.status.Page}), as JSON and as metrics ({@link
 * dev.gangway.status.Metrics}). It is found as a service by the server, which knows none of the libraries that it needs.
 */
package dev.gangway.status;
