package dev.gangway.fcgi.request;

import org.eclipse.jetty.server.HttpChannel;

/**
 * A Jetty channel with the meta data that belongs to it. It serves one request after another.
 *
 * @param channel  runs the request
 * @param metaData what the request says of the client's connection
 */
public record RequestChannel(HttpChannel channel, RequestMetaData metaData) {
    private static final HttpChannel.Factory FACTORY = new HttpChannel.DefaultFactory();

    public static RequestChannel of(ConnectionServices connection) {
        RequestMetaData metaData = new RequestMetaData(connection);
        return new RequestChannel(FACTORY.newHttpChannel(metaData), metaData);
    }
}
