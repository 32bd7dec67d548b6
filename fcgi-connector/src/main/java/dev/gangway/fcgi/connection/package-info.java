/**
 * One connection of a web server, {@link dev.gangway.fcgi.connection.FcgiConnection}: its {@link
 * dev.gangway.fcgi.connection.ActiveRequests}, its time limits ({@link dev.gangway.fcgi.connection.ConnectionWatch})
 * and how it ends ({@link dev.gangway.fcgi.connection.Ending}); and what connections have in common, {@link
 * dev.gangway.fcgi.connection.SharedState}.
 */
package dev.gangway.fcgi.connection;
