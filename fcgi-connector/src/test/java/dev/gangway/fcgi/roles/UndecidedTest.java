package dev.gangway.fcgi.roles;

import static dev.gangway.conformance.record.FcgiNumbers.AUTHORIZER;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.api.Role;
import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.AuthorizerHandler;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.FcgiServer.App;
import dev.gangway.fcgi.server.Link;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an Authorizer does not come to decide is denied: it is too late, too much, or the server stops. */
@ParameterizedClass
@EnumSource(Link.class)
@Tag("FCGI-80")
class UndecidedTest {
    private static final App GRANT = (request, response, callback) -> {
        response.setStatus(200);
        callback.succeeded();
    };

    @RegisterExtension
    final FcgiServer server;

    private final CountDownLatch end = new CountDownLatch(1);

    UndecidedTest(Link link) {
        server = new FcgiServer(link);
        server.fcgi().setRoles(EnumSet.of(Role.RESPONDER, Role.AUTHORIZER));
    }

    private void start(App app) throws Exception {
        server.start(new AuthorizerHandler(FcgiServer.handler(app)));
    }

    private Peer ask(Pairs pairs) {
        return server.connect().begin(1, AUTHORIZER, KEEP_CONN).params(1, pairs).paramsEnd(1);
    }

    @Test
    @Tag("FCGI-160")
    void deniesWhenParamsAreLate() throws Exception {
        server.fcgi().setParamsTimeout(Duration.ofMillis(250));
        start(GRANT);
        Peer peer = server.connect().begin(1, AUTHORIZER, KEEP_CONN).params(1, Pairs.get("/"));

        FcgiResponse response = peer.response(1);

        assertThat(response.headerText()).startsWith("Status: 408");
        assertThat(peer.paramsEnd(1).fence().unanswered()).isEmpty();
        assertThat(server.begun()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"/, 2000, 431", "/long/uri, 1, 414"})
    @Tag("FCGI-160")
    void deniesWhatIsTooMuch(String uri, int length, int status) throws Exception {
        server.fcgi().setMaxParamsBytes(1500);
        server.fcgi().setMaxUriLength(5);
        start(GRANT);

        FcgiResponse response =
                ask(Pairs.get(uri).and("BIG", "x".repeat(length))).response(1);

        assertThat(response.headerText()).startsWith("Status: " + status);
        assertThat(server.begun()).isZero();
    }

    @Test
    @Tag("FCGI-109")
    void decidesWhileItStops() throws Exception {
        start((request, response, callback) -> {
            Await.latch("end", end);
            GRANT.handle(request, response, callback);
        });
        server.jetty().setStopTimeout(60_000);
        Peer idle = server.connect();
        Peer asking = ask(Pairs.get("/"));
        Await.until("it runs", () -> server.handling() == 1 && server.connections() == 2);

        CompletableFuture<Void> stop = server.stop();
        idle.expectEof();
        end.countDown();

        assertThat(asking.response(1)).hasStatus(200).isComplete();
        stop.join();
    }

    /** Whether it thinks, which the server interrupts, or waits for somebody who would tell it. */
    @ParameterizedTest
    @ValueSource(strings = {"/thinks", "/waits"})
    @Tag("FCGI-109")
    void deniesWhatIsNotDecidedWhenItStops(String path) throws Exception {
        start((request, response, callback) -> {
            response.setStatus(200);
            if (request.getHttpURI().getPath().equals("/thinks")) {
                awaitEndForSure();
                callback.succeeded();
            } else {
                new Thread(() -> {
                            awaitEndForSure();
                            callback.succeeded();
                        })
                        .start();
            }
        });
        server.jetty().setStopTimeout(300);
        Peer peer = ask(Pairs.get(path));
        Await.until("it has begun", () -> server.begun() == 1);

        CompletableFuture<Void> stop = server.stop();
        peer.expectClosed();
        end.countDown();

        assertThat(peer.heardOf(1) && peer.response(1).status() == 200)
                .as("granted")
                .isFalse();
        stop.handle((nothing, failure) -> null).join();
    }

    private void awaitEndForSure() {
        boolean ended = false;
        while (!ended) {
            try {
                Await.latch("end", end);
                ended = true;
            } catch (InterruptedException e) {
                // It does not care.
            }
        }
    }
}
