package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.fcgi.server.FcgiConnectionFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** The connector in a Jetty server of one's own, as the documents show it. */
class EmbeddingTest {
    /** BEGIN_REQUEST, PARAMS with REQUEST_METHOD and REQUEST_URI, the ends of PARAMS and STDIN. */
    private static final String REQUEST = "\1\1\0\1\0\10\0\0" + "\0\1\0\0\0\0\0\0"
            + "\1\4\0\1\0\42\0\0" + "\16\3REQUEST_METHODGET" + "\13\2REQUEST_URI/x"
            + "\1\4\0\1\0\0\0\0" + "\1\5\0\1\0\0\0\0";

    @Test
    void answersARequest() throws Exception {
        // shown-begin
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, new FcgiConnectionFactory());
        connector.setHost("127.0.0.1");
        connector.setPort(9000);
        server.addConnector(connector);
        // shown-end
        connector.setPort(0);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                Content.Sink.write(
                        response, true, "served " + request.getHttpURI().getPath(), callback);
                return true;
            }
        });
        server.start();
        try (SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", connector.getLocalPort()))) {
            channel.write(ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.ISO_8859_1)));

            assertThat(readAll(channel)).contains("Status: 200 OK\r\n").contains("\r\n\r\nserved /x");
        } finally {
            server.stop();
        }
    }

    private static String readAll(SocketChannel channel) throws Exception {
        ByteBuffer answer = ByteBuffer.allocate(4096);
        while (channel.read(answer) >= 0) {
            // Until the end of the connection.
        }
        return new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
    }
}
