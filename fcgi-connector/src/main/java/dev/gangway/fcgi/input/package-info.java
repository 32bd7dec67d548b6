/**
 * How bytes come in: a {@link dev.gangway.fcgi.input.Reading} decides which thread reads, an {@link
 * dev.gangway.fcgi.input.Intake} has them parsed, and the {@link dev.gangway.fcgi.input.RequestInput} of a request
 * keeps what its application has not read. The package knows neither requests nor connections.
 */
package dev.gangway.fcgi.input;
