/**
 * The input of a request: its {@link dev.gangway.fcgi.input.RequestInput} keeps what has come of STDIN and DATA and the
 * application has not read, within limits. The package knows neither requests nor connections.
 */
package dev.gangway.fcgi.input;
