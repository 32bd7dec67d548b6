/**
 * The entry point: {@link dev.gangway.fcgi.server.FcgiConnectionFactory} for any connector of Jetty, and {@link
 * dev.gangway.fcgi.server.AuthorizerHandler} for servers that act as an Authorizer.
 */
package dev.gangway.fcgi.server;
