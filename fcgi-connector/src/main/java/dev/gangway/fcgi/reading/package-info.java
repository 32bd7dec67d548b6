/**
 * Which thread reads a connection: a {@link dev.gangway.fcgi.reading.Reading} decides, an {@link
 * dev.gangway.fcgi.reading.Intake} has the bytes parsed, and a thread may {@link dev.gangway.fcgi.reading.Stay} with its
 * connection. The package knows neither requests nor what becomes of the bytes.
 */
package dev.gangway.fcgi.reading;
