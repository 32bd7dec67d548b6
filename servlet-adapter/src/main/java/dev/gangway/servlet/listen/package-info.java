/**
 * The addresses where web servers connect: {@linkplain dev.gangway.servlet.listen.ListenAddress as users write them},
 * and {@linkplain dev.gangway.servlet.listen.Listener open}, as a connector of Jetty.
 *
 * <p>TCP is Jetty's own. For Unix-domain sockets, and for the socket that a parent process leaves on descriptor 0,
 * Jetty has no connector that meets what FastCGI demands; {@link dev.gangway.servlet.listen.SocketConnector} is one for
 * both kinds of {@link dev.gangway.servlet.listen.ListeningSocket}. {@link dev.gangway.servlet.listen.Succession} is how
 * one process replaces another at a Unix-domain socket.
 */
package dev.gangway.servlet.listen;
