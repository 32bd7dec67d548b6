package dev.gangway.fcgi.input;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.REQUEST_COMPLETE;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Link.class)
class BodyLimitsTest {
    private static final int MAX = 100_000;

    @RegisterExtension
    final FcgiServer server;

    BodyLimitsTest(Link link) {
        server = new FcgiServer(link);
    }

    @ParameterizedTest
    @CsvSource({"-1, 200", "0, 200", "1, 413", "100000000, 413"})
    @Tag("FCGI-160")
    @Tag("FCGI-161")
    void refusesABodyThatAnnouncesTooMuchBeforeItComes(int over, int status) throws Exception {
        server.fcgi().setMaxBodyBytes(MAX);
        server.start(Apps.TARGET);
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/upload", MAX + over));

        assertThat(peer.response(1)).hasStatus(status).isComplete();

        peer.stdin(1, new byte[1000]);
        assertThat(peer.get(1, KEEP_CONN, "/next").response(1)).hasBody("/next").isComplete();
        assertThat(server.begun()).isEqualTo(status == 200 ? 2 : 1);
    }

    @ParameterizedTest
    @CsvSource({"-1, 200", "0, 200", "1, 413", "500000, 413"})
    @Tag("FCGI-69")
    @Tag("FCGI-160")
    @Tag("FCGI-161")
    void failsTheReadOfABodyThatTurnsOutTooLong(int over, int status) throws Exception {
        server.fcgi().setMaxBodyBytes(MAX);
        AtomicInteger read = new AtomicInteger();
        server.start((request, response, callback) -> {
            InputStream body = Content.Source.asInputStream(request);
            while (body.read() >= 0) {
                read.incrementAndGet();
            }
            callback.succeeded();
        });
        Peer peer = server.connect().request(1, KEEP_CONN, Pairs.request("POST", "/"), new byte[MAX + over]);

        assertThat(peer.response(1)).hasStatus(status).endedWith(0, REQUEST_COMPLETE);

        assertThat(read).hasValue(Math.min(MAX, MAX + over));
        assertThat(peer.get(1, KEEP_CONN, "/next").response(1)).hasStatus(200).isComplete();
    }

    @Test
    @Tag("FCGI-160")
    @Tag("FCGI-161")
    void failsAReadThatWaitsForABodyThatComesTooSlowly() throws Exception {
        server.fcgi().setMinBodyRate(1_000_000);
        server.fcgi().setBodyRateGrace(Duration.ofMillis(50));
        server.start(Apps.ECHO);
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", 1000));

        assertThat(peer.response(1)).hasStatus(408).endedWith(0, REQUEST_COMPLETE);
        assertThat(peer.post(1, KEEP_CONN, "/", "fast".getBytes()).response(1))
                .hasBody("fast")
                .isComplete();
    }

    @Test
    @Tag("FCGI-160")
    void waitsForABodyThatHasComeFastEnoughSoFar() throws Exception {
        server.fcgi().setMinBodyRate(1);
        server.fcgi().setBodyRateGrace(Duration.ofMillis(50));
        server.fcgi().setConnectionIdleTimeout(Duration.ofMillis(250));
        server.start(Apps.ECHO);
        Peer peer = server.connect();
        peer.send(new Script().open(1, KEEP_CONN, Pairs.post("/", 1001)).stdin(1, new byte[1000]));
        peer.responseWhen(1, response -> response.body().length == 1000);

        // Others go for being idle meanwhile.
        server.connect().expectEof();

        assertThat(peer.stdin(1, "x").stdinEnd(1).response(1)).hasStatus(200).isComplete();
    }
}
