package dev.gangway.servlet.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests on their way into a version while the next one takes over. */
@Timeout(120)
class GateTest {
    private final Server server = new Server();
    private final LocalConnector connector = new LocalConnector(server);
    private final Slow version = new Slow("old");
    private final Gate gate = new Gate(version);
    private final Handler next = new Slow("new");

    @BeforeEach
    void start() throws Exception {
        server.addConnector(connector);
        server.setHandler(gate);
        server.start();
        next.start();
    }

    @AfterEach
    void stop() throws Exception {
        version.release.countDown();
        server.stop();
    }

    @Test
    void closedGateLeadsToTheNextVersion() throws Exception {
        assertThat(get("/")).endsWith("old");
        gate.close(next);

        assertThat(gate.awaitEmpty(60_000)).isTrue();
        assertThat(get("/")).endsWith("new");
    }

    @Test
    void closedGateWithoutNextVersionLeadsNowhere() throws Exception {
        gate.close(null);

        assertThat(get("/")).startsWith("HTTP/1.1 404");
    }

    @Test
    void runningRequestLeavesBeforeTheGateIsEmpty() throws Exception {
        CompletableFuture<String> running = CompletableFuture.supplyAsync(() -> get("/slow"));
        assertThat(version.entered.await(60, TimeUnit.SECONDS)).isTrue();
        gate.close(next);
        assertThat(gate.awaitEmpty(10)).isFalse();
        assertThat(get("/")).endsWith("new");

        version.release.countDown();

        assertThat(gate.awaitEmpty(60_000)).isTrue();
        assertThat(running.get()).endsWith("old");
    }

    @Test
    void requestThatFailsLeavesToo() throws Exception {
        assertThat(get("/fail")).startsWith("HTTP/1.1 500");
        assertThat(get("/none")).startsWith("HTTP/1.1 404");

        gate.close(next);

        assertThat(gate.awaitEmpty(60_000)).isTrue();
    }

    private String get(String path) {
        try {
            return connector.getResponse("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Slow extends Handler.Abstract {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private final String name;

        Slow(String name) {
            this.name = name;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            switch (request.getHttpURI().getPath()) {
                case "/none" -> {
                    return false;
                }
                case "/fail" -> throw new IllegalStateException("wanted");
                case "/slow" -> {
                    entered.countDown();
                    release.await();
                }
                default -> {}
            }
            Content.Sink.write(response, true, StandardCharsets.UTF_8.encode(name));
            callback.succeeded();
            return true;
        }
    }
}
