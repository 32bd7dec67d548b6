package dev.gangway.fcgi.request;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.REQUEST_COMPLETE;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are answered without the application. */
class EarlyAnswerTest {
    private static final int THREADS = 12;

    @RegisterExtension
    final LogCapture log = new LogCapture();

    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    private final List<String> accessLog = new CopyOnWriteArrayList<>();

    static Stream<Arguments> rejected() {
        Pairs good = Pairs.get("/x");
        return Stream.of(
                Arguments.of(400, good.with("HTTP_HOST", "a b")),
                Arguments.of(400, good.with("REQUEST_URI", "/x/a;x/../b")),
                Arguments.of(400, good.and("HTTP_X", "a\nb")),
                Arguments.of(400, good.and("CONTENT_LENGTH", "five")),
                Arguments.of(404, good.with("REQUEST_URI", "/elsewhere")),
                Arguments.of(413, good.and("CONTENT_LENGTH", "1001")),
                Arguments.of(414, good.with("REQUEST_URI", "/x" + "x".repeat(9000))),
                Arguments.of(431, good.and("BIG", "x".repeat(70_000))),
                Arguments.of(431, good.and("BIGGER", "x".repeat(200_000))));
    }

    /** HAProxy makes 502 of a body, and h2o takes it for the next response. */
    @ParameterizedTest
    @MethodSource("rejected")
    @Tag("FCGI-140")
    @Tag("FCGI-161")
    void neverAnswersHeadWithABody(int status, Pairs pairs) throws Exception {
        start();
        Peer peer = server.connect();

        FcgiResponse response = peer.request(1, KEEP_CONN, pairs.with("REQUEST_METHOD", "HEAD"), new byte[0])
                .response(1);

        assertThat(response).hasStatus(status).hasBody("").endedWith(0, REQUEST_COMPLETE);
        assertThat(peer.get(2, KEEP_CONN, "/x/next").response(2))
                .hasBody("/next")
                .isComplete();
    }

    @ParameterizedTest
    @MethodSource("rejected")
    @Tag("FCGI-99")
    @Tag("FCGI-161")
    void announcesNoBodyThatDoesNotCome(int status, Pairs pairs) throws Exception {
        start();

        FcgiResponse response =
                server.connect().request(1, KEEP_CONN, pairs, new byte[0]).response(1);

        assertThat(response).hasStatus(status);
        assertThat(response.header().all("Content-Length")).isSubsetOf("" + response.body().length);
        assertThat(response.body().length == 0).isEqualTo(status == 431);
    }

    @ParameterizedTest
    @MethodSource("rejected")
    @Tag("FCGI-113")
    void isInBothLogsWithClientMethodAndPath(int status, Pairs pairs) throws Exception {
        start();

        server.connect().request(1, KEEP_CONN, pairs, new byte[0]).response(1);

        Await.until("it is in the access log", () -> !accessLog.isEmpty());
        assertThat(accessLog.get(0)).startsWith("192.0.2.7 GET /").endsWith(" " + status);
        assertThat(log.text()).containsPattern("request rejected: " + status + ": .+: GET /\\S+ of 192\\.0\\.2\\.7");
    }

    @Test
    @Tag("FCGI-113")
    @Tag("FCGI-160")
    void isLoggedAsFarAsItHasCome() throws Exception {
        server.fcgi().setParamsTimeout(Duration.ofMillis(100));
        start();
        Peer peer = server.connect();

        peer.begin(1, RESPONDER, KEEP_CONN).params(1, Pairs.request("HEAD", "/x/late"));
        assertThat(peer.response(1)).hasStatus(408).hasBody("");
        peer.begin(1, RESPONDER, KEEP_CONN)
                .params(1, Pairs.request("POST", "/x/early"))
                .stdin(1, "body");
        assertThat(peer.response(1)).hasStatus(400).hasBody("").hasNoField("Content-Length");

        Await.until("they are in the access log", () -> accessLog.size() == 2);
        assertThat(accessLog).containsExactly("192.0.2.7 HEAD /x/late 408", "192.0.2.7 POST /x/early 400");
    }

    /** The disk of the log stands still, and web servers go on sending requests. */
    @ParameterizedTest
    @CsvSource({"bad", "early"})
    @Tag("FCGI-163")
    void needsNoThreadsOfItsOwn(String kind) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.threads().setMaxThreads(THREADS);
        start();
        server.jetty().setRequestLog((request, response) -> await(end));
        server.connect().fence();
        int before = Thread.activeCount();
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            Peer peer = server.connect();
            if (kind.equals("bad")) {
                peer.get(1, KEEP_CONN, "/x/a;x/../b");
            } else {
                peer.begin(1, RESPONDER, KEEP_CONN).stdin(1, "body");
            }
            peers.add(peer);
        }
        Await.until("no thread is free", () -> server.threads().getIdleThreads() == 0);

        assertThat(Thread.activeCount()).isLessThan(before + THREADS + 20);
        end.countDown();
        for (Peer peer : peers) {
            assertThat(peer.response(1)).hasStatus(400);
        }
    }

    /** HAProxy restarts while it has many streams open, and each tells something slow of it. */
    @Test
    @Tag("FCGI-91")
    @Tag("FCGI-163")
    void needsFewThreadsToTellOfManyAborts() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger told = new AtomicInteger();
        server.threads().setMaxThreads(THREADS);
        server.start((request, response, callback) -> request.addFailureListener(failure -> {
            told.incrementAndGet();
            await(end);
            callback.failed(failure);
        }));
        Peer peer = server.connect();
        peer.getValues("FCGI_MPXS_CONNS").managementAnswer();
        for (int id = 1; id <= 300; id++) {
            peer.get(id, KEEP_CONN, "/" + id);
        }
        Await.until("all wait", () -> server.begun() == 300 && server.handling() == 0);

        peer.close();
        int threads = steady(told);

        end.countDown();
        assertThat(threads).isBetween(20, 32 + THREADS);
        Await.until("all are told", () -> told.get() == 300);
    }

    /** The number when it has not changed for a while. */
    private static int steady(AtomicInteger number) {
        int[] last = {0};
        int[] same = {0};
        Await.until("it is steady", () -> {
            int now = number.get();
            same[0] = now > 0 && now == last[0] ? same[0] + 1 : 0;
            last[0] = now;
            return same[0] > 500;
        });
        return last[0];
    }

    private void start() throws Exception {
        server.fcgi().setMaxBodyBytes(1000);
        server.fcgi().setStripPrefix("/x");
        server.start(Apps.TARGET);
        server.jetty()
                .setRequestLog((request, response) -> accessLog.add("%s %s %s %s"
                        .formatted(
                                Request.getRemoteAddr(request),
                                request.getMethod(),
                                request.getHttpURI().getPath(),
                                response.getStatus())));
    }

    private static void await(CountDownLatch end) {
        try {
            Await.latch("end", end);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
