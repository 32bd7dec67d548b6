/**
 * How bytes go out: the {@link dev.gangway.fcgi.output.RequestOutput} of a request makes parts of its response, which the
 * {@link dev.gangway.fcgi.output.FcgiFlusher} of the connection writes, in turns. Knows neither requests nor connections,
 * but tells how far it is: {@link dev.gangway.fcgi.output.OutputEvents}.
 */
package dev.gangway.fcgi.output;
