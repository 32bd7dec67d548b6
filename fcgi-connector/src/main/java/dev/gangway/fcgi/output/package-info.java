/**
 * How bytes go out: the {@link dev.gangway.fcgi.output.RequestOutput} of a request makes parts of its response, which
 * the {@link dev.gangway.fcgi.output.FcgiFlusher} of the connection writes in turns. The package knows neither requests
 * nor connections, but reports its progress: {@link dev.gangway.fcgi.output.OutputEvents}.
 */
package dev.gangway.fcgi.output;
