/**
 * FastCGI in Jetty. {@link dev.gangway.fcgi.server.FcgiConnectionFactory} is the way in;
 * {@link dev.gangway.fcgi.config.FcgiConfiguration} holds the settings, and
 * {@link dev.gangway.fcgi.server.AuthorizerHandler} is for servers that are asked as an Authorizer. All else is internal.
 *
 * <p>The life of a request: a thread that the selector has called reads a connection
 * ({@code FcgiConnection}, allowed to by the {@code ReaderRole}) and parses records. BEGIN_REQUEST makes an
 * {@code FcgiStream}; the end of its PARAMS turns them into a Jetty request, which runs on a recycled
 * {@code RequestChannel}, as a rule on the same thread. The application reads STDIN through the {@code StdinQueue}; what
 * it writes goes as {@code ResponsePart} to the {@code FcgiFlusher}. END_REQUEST leaves with the last of it, and the
 * thread reads on.
 */
package dev.gangway.fcgi.server;
