package dev.gangway.fcgi.output;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.Writer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An application that is told how its write has gone, and does not return: it holds up nobody else. */
@ParameterizedClass
@EnumSource(Link.class)
class BlockingCallbackTest {
    @RegisterExtension
    final FcgiServer server;

    private final CountDownLatch inCallback = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Duration writeTimeout = Duration.ofMinutes(5);

    BlockingCallbackTest(Link link) {
        server = new FcgiServer(link, new FcgiConfiguration() {
            @Override
            public Duration getRequestWriteTimeout() {
                return writeTimeout;
            }
        });
    }

    @Test
    @Tag("FCGI-100")
    void afterAWriteItDoesNotHoldUpTheConnection() throws Exception {
        server.start((request, response, callback) -> {
            if (!request.getHttpURI().getPath().equals("/slow")) {
                Apps.TARGET.handle(request, response, callback);
                return;
            }
            Callback next = Callback.from(
                    () -> {
                        waitInCallback();
                        Content.Sink.write(response, true, "two", callback);
                    },
                    callback::failed);
            response.write(false, ByteBuffer.wrap("one".getBytes()), next);
        });
        Peer peer = server.connect().get(1, KEEP_CONN, "/slow");
        Await.latch("the first write is over", inCallback);

        assertThat(peer.get(2, KEEP_CONN, "/fast").response(2)).hasBody("/fast").isComplete();
        end.countDown();

        assertThat(peer.response(1)).hasBody("onetwo").isComplete();
    }

    @Test
    @Tag("FCGI-90")
    @Tag("FCGI-102")
    void afterAFailedWriteItDoesNotHoldUpTheOthersThatFail() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            if (request.getHttpURI().getPath().equals("/first")) {
                Callback never =
                        Callback.from(() -> callback.failed(new IllegalStateException("nobody reads it")), failure -> {
                            waitInCallback();
                            callback.failed(failure);
                        });
                response.write(false, ByteBuffer.allocate(100_000_000), never);
                return;
            }
            writeTimeout = Duration.ofSeconds(1);
            try {
                new Writer().writeForever(response);
            } catch (Throwable e) {
                failed.countDown();
                callback.failed(e);
            }
        });
        Peer peer = server.connect(4096).get(1, KEEP_CONN, "/first");
        Await.until("the first write is under way", () -> server.begun() == 1 && server.handling() == 0);
        peer.get(2, KEEP_CONN, "/second");

        Await.latch("the first write fails", inCallback);
        Await.latch("the second write fails", failed);
        end.countDown();

        server.awaitNoConnection();
    }

    private void waitInCallback() {
        inCallback.countDown();
        try {
            Await.latch("end", end);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
