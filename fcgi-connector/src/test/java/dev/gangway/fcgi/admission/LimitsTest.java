package dev.gangway.fcgi.admission;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.PARAMS;
import static dev.gangway.conformance.record.FcgiNumbers.REQUEST_COMPLETE;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.util.annotation.ManagedAttribute;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    @ParameterizedTest
    @CsvSource({"-1, 200", "0, 200", "1, 431", "200000, 431"})
    @Tag("FCGI-160")
    @Tag("FCGI-161")
    @Tag("FCGI-99")
    void limitsTheBytesOfParams(int over, int status) throws Exception {
        server.fcgi().setMaxParamsBytes(50_000);
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        peer.request(1, KEEP_CONN, ofLength(50_000 + over), new byte[0]);

        assertThat(peer.response(1)).hasStatus(status).endedWith(0, REQUEST_COMPLETE);
        assertThat(peer.get(1, KEEP_CONN, "/next").response(1)).hasBody("/next").isComplete();
        assertThat(server.begun()).isEqualTo(status == 200 ? 2 : 1);
    }

    private static Pairs ofLength(int length) {
        Pairs pairs = Pairs.get("/");
        int value = length - pairs.encode().length - 1 - 4 - "BIG".length();
        return pairs.and("BIG", "x".repeat(value));
    }

    @ParameterizedTest
    @CsvSource({"99, 100, 200", "100, 1000, 200", "101, 1000, 431", "100, 1001, 431"})
    @Tag("FCGI-160")
    @Tag("FCGI-161")
    void limitsTheLengthOfANameAndOfAValue(int name, int value, int status) throws Exception {
        server.fcgi().setMaxParamNameBytes(100);
        server.fcgi().setMaxParamValueBytes(1000);
        server.start(Apps.TARGET);

        Peer peer = server.connect();
        peer.request(1, KEEP_CONN, Pairs.get("/").and("N".repeat(name), "x".repeat(value)), new byte[0]);

        assertThat(peer.response(1)).hasStatus(status).endedWith(0, REQUEST_COMPLETE);
        assertThat(peer.get(1, KEEP_CONN, "/next").response(1)).hasBody("/next").isComplete();
    }

    @ParameterizedTest
    @CsvSource({"-1, 200", "0, 200", "1, 431", "5000, 431"})
    @Tag("FCGI-160")
    @Tag("FCGI-161")
    @Tag("FCGI-99")
    void limitsTheNumberOfParams(int over, int status) throws Exception {
        server.fcgi().setMaxParams(300);
        server.start(Apps.TARGET);
        Peer peer = server.connect();
        Pairs pairs = Pairs.get("/");
        int others = 300 + over - Pairs.decode(pairs.encode()).size();
        String[] more = new String[2 * others];
        for (int i = 0; i < others; i++) {
            more[2 * i] = "N" + i;
            more[2 * i + 1] = "";
        }

        peer.begin(1, RESPONDER, KEEP_CONN)
                .params(1, pairs)
                .params(1, more)
                .paramsEnd(1)
                .stdinEnd(1);

        assertThat(peer.response(1)).hasStatus(status).endedWith(0, REQUEST_COMPLETE);
        assertThat(peer.get(1, KEEP_CONN, "/next").response(1)).hasBody("/next").isComplete();
    }

    @ParameterizedTest
    @CsvSource({"/, 99, 200", "/, 100, 200", "/, 101, 414", "/?q=, 100, 200", "/?q=, 101, 414", "/, 20000, 414"})
    @Tag("FCGI-160")
    @Tag("FCGI-161")
    void limitsTheLengthOfTheUri(String beginning, int length, int status) throws Exception {
        server.fcgi().setMaxUriLength(100);
        server.start(Apps.TARGET);
        Peer peer = server.connect();
        String uri = beginning + "x".repeat(length - beginning.length());

        assertThat(peer.get(1, KEEP_CONN, uri).response(1)).hasStatus(status).isComplete();
        assertThat(peer.get(1, KEEP_CONN, "/next").response(1)).hasBody("/next").isComplete();
    }

    @Test
    @Tag("FCGI-160")
    @Tag("FCGI-161")
    void limitsTheLengthOfAUriWhoseQueryIsApart() throws Exception {
        server.fcgi().setMaxUriLength(100);
        server.start(Apps.TARGET);
        Pairs pairs = Pairs.get("/").with("QUERY_STRING", "x".repeat(99));

        assertThat(server.connect().request(1, KEEP_CONN, pairs, new byte[0]).response(1))
                .hasStatus(414);
    }

    @Test
    @Tag("FCGI-160")
    @Tag("FCGI-98")
    void limitsTheParamsOfARefusedRequestToo() throws Exception {
        server.fcgi().setMaxParamsBytes(10_000);
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        peer.begin(1, 9, KEEP_CONN);
        for (int i = 0; i < 50; i++) {
            peer.params(1, "BIG", "x".repeat(60_000));
        }
        FcgiResponse response = peer.paramsEnd(1).stdinEnd(1).response(1);

        assertThat(response.status()).isIn(431, 503);
        assertThat(peer.get(1, KEEP_CONN, "/next").response(1)).hasBody("/next").isComplete();
    }

    @Test
    @Tag("FCGI-160")
    @Tag("FCGI-163")
    void refusesWhatBeginsBesideTooManyRequests() throws Exception {
        server.fcgi().setParamsTimeout(Duration.ofMinutes(10));
        server.start(Apps.TARGET);
        List<Peer> beginners = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            beginners.add(begin(101).fence());
        }

        Peer innocent = server.connect().open(1, KEEP_CONN, Pairs.post("/running", 1));
        innocent.begin(2, RESPONDER, KEEP_CONN).begin(3, RESPONDER, KEEP_CONN);
        innocent.params(2, Pairs.get("/first")).paramsEnd(2).stdinEnd(2);
        innocent.params(3, Pairs.get("/beside")).paramsEnd(3).stdinEnd(3);
        assertThat(innocent.response(3)).hasStatus(503).endedWith(0, REQUEST_COMPLETE);
        assertThat(innocent.response(2)).hasBody("/first").isComplete();
        assertThat(innocent.stdin(1, "x").stdinEnd(1).response(1)).hasBody("/running");
        begin(12).expectClosed();

        // One at a time is always served, and so are several if there is room again.
        assertThat(server.connect().get(1, KEEP_CONN, "/one").response(1))
                .hasBody("/one")
                .isComplete();
        assertThat(beginners.get(0).params(1, Pairs.get("/first")).paramsEnd(1).response(1))
                .hasBody("/first");
        for (int id = 2; id <= 101; id++) {
            assertThat(beginners
                            .get(0)
                            .params(id, Pairs.get("/late"))
                            .paramsEnd(id)
                            .response(id))
                    .hasBody("/late");
        }
        assertThat(begin(101)
                        .params(101, Pairs.get("/last"))
                        .paramsEnd(101)
                        .stdinEnd(101)
                        .response(101))
                .hasBody("/last");
    }

    /** So many requests on a connection of their own, the first of which may do so anyhow. */
    private Peer begin(int requests) {
        Peer peer = server.connect();
        for (int id = 1; id <= requests; id++) {
            peer.begin(id, RESPONDER, KEEP_CONN);
        }
        return peer;
    }

    @Test
    @Tag("FCGI-45")
    @Tag("FCGI-160")
    void closesConnectionsPastTheLimit() throws Exception {
        server.fcgi().setMaxConnections(3);
        server.start(Apps.TARGET);
        List<Peer> open = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Peer peer = server.connect();
            peer.fence();
            open.add(peer);
        }

        server.connect().expectClosed();
        for (Peer peer : open) {
            assertThat(peer.get(1, KEEP_CONN, "/").response(1)).hasStatus(200).isComplete();
        }
        open.get(0).close();
        Await.until("one has gone", () -> server.connections() == 2);

        assertThat(server.connect().get(1, KEEP_CONN, "/").response(1)).hasStatus(200);
    }

    @Test
    @Tag("FCGI-162")
    void servesBesideManySlowPeers() throws Exception {
        server.threads().setMaxThreads(10);
        server.start(Apps.TARGET);
        byte[] beginning = FcgiRecord.of(PARAMS, 1, new byte[300]).encode();
        for (int i = 0; i < 400; i++) {
            Peer slow = server.connect();
            slow.begin(1, RESPONDER, KEEP_CONN).raw(Arrays.copyOf(beginning, 9 + i % 100));
        }

        Peer peer = server.connect();
        for (int i = 0; i < 50; i++) {
            assertThat(peer.get(1, KEEP_CONN, "/" + i).response(1))
                    .hasBody("/" + i)
                    .isComplete();
        }
    }

    @Test
    @Tag("FCGI-162")
    void holdsNoThreadForSlowBodiesOfAsynchronousApplications() throws Exception {
        server.threads().setMaxThreads(10);
        server.start(Apps.ECHO);
        List<Peer> slow = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            slow.add(server.connect().open(1, KEEP_CONN, Pairs.post("/", 4)).stdin(1, "bo"));
        }
        Await.until("all have begun", () -> server.begun() == 100 && server.handling() == 0);

        assertThat(server.connect().post(1, KEEP_CONN, "/", "fast".getBytes()).response(1))
                .hasBody("fast")
                .isComplete();
        for (Peer peer : slow) {
            assertThat(peer.stdin(1, "dy").stdinEnd(1).response(1))
                    .hasBody("body")
                    .isComplete();
        }
    }

    @Test
    @Tag("FCGI-160")
    void showsItsLimits() throws Exception {
        server.fcgi().setMaxConnections(77);
        server.fcgi().setSecret("0123456789abcdef".getBytes());
        server.start(Apps.TARGET);

        assertThat(server.jetty().dump())
                .contains("maxConnections=77", "paramsTimeout=PT20S", "secretRequired=true")
                .doesNotContain("0123456789abcdef");
    }

    @Test
    @Tag("FCGI-160")
    void showsEveryPropertyInDumpsAndToJmx() throws Exception {
        StringBuilder dump = new StringBuilder();
        server.fcgi().dump(dump, "");

        for (Method method : FcgiConfiguration.class.getMethods()) {
            String name = method.getName();
            if (method.getDeclaringClass() != Object.class && name.matches("(get|is)[A-Z]\\w*")) {
                String property = name.replaceFirst("get|is", "");
                assertThat(method.isAnnotationPresent(ManagedAttribute.class))
                        .as(name)
                        .isTrue();
                assertThat(dump).containsIgnoringCase(" " + property + "=");
            }
        }
    }

    @Test
    @Tag("FCGI-160")
    void refusesLimitsThatMakeNoSense() {
        FcgiConfiguration fcgi = server.fcgi();

        assertRefused("maxConnections", () -> fcgi.setMaxConnections(0));
        assertRefused("maxRequests", () -> fcgi.setMaxRequests(0));
        assertRefused("maxParamsBytes", () -> fcgi.setMaxParamsBytes(1023));
        assertRefused("maxParams", () -> fcgi.setMaxParams(0));
        assertRefused("maxRequestsPerConnection", () -> fcgi.setMaxRequestsPerConnection(-1));
        assertRefused("maxUriLength", () -> fcgi.setMaxUriLength(0));
        assertRefused("maxBodyBytes", () -> fcgi.setMaxBodyBytes(-1));
        assertRefused("minBodyRate", () -> fcgi.setMinBodyRate(-1));
        assertRefused("bodyRateGrace", () -> fcgi.setBodyRateGrace(Duration.ZERO));
        assertRefused("maxBufferedStdinBytes", () -> fcgi.setMaxBufferedStdinBytes(-1));
        assertRefused("maxBufferedInputBytes", () -> fcgi.setMaxBufferedInputBytes(-1));
        assertRefused("paramsTimeout", () -> fcgi.setParamsTimeout(Duration.ZERO));
        assertRefused("requestIdleTimeout", () -> fcgi.setRequestIdleTimeout(Duration.ofMillis(-1)));
        assertRefused("connectionIdleTimeout", () -> fcgi.setConnectionIdleTimeout(Duration.ZERO));
        assertRefused("stallTimeout", () -> fcgi.setStallTimeout(Duration.ZERO));
    }

    private static void assertRefused(String name, Runnable setter) {
        assertThatThrownBy(setter::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }
}
