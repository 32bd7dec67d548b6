/**
 * Runs the Servlet TCK against an installed Gangway behind a real web server, and reports what fails, and why.
 *
 * <p>The TCK deploys its applications to what Arquillian calls a container:
 * {@link dev.gangway.conformance.tck.TckContainer}, which is {@code gangway serve} with a web server in front of it.
 * When all tests have run, {@link dev.gangway.conformance.tck.Report} writes {@code docs/tck.md}.
 */
package dev.gangway.conformance.tck;
