package dev.gangway.fcgi.connection;

import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.GET_VALUES;
import static dev.gangway.conformance.record.FcgiNumbers.GET_VALUES_RESULT;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.MAX_CONTENT;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.conformance.record.FcgiNumbers.UNKNOWN_TYPE;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Pairs.Pair;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.Writer;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Link.class)
class ManagementRecordsTest {
    @RegisterExtension
    final FcgiServer server;

    ManagementRecordsTest(Link link) {
        server = new FcgiServer(link);
        server.fcgi().setMaxConnections(77);
        server.fcgi().setMaxRequests(64);
    }

    @Test
    @Tag("FCGI-42")
    void answersAtOnceAtAnyTime() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            Content.Sink.write(response, false, ByteBuffer.wrap("begun".getBytes()));
            Await.latch("end", end);
            Content.Sink.write(response, true, " ended", callback);
        });
        Peer peer = server.connect();

        assertThat(ask(peer, "FCGI_MAX_REQS")).containsExactly(new Pair("FCGI_MAX_REQS", "64"));
        peer.begin(1, RESPONDER, KEEP_CONN).fence();
        peer.params(1, "REQUEST_METHOD", "GET")
                .fence()
                .params(1, "REQUEST_URI", "/")
                .fence();
        peer.paramsEnd(1).responseWhen(1, response -> response.text().equals("begun"));
        assertThat(ask(peer, "FCGI_MAX_REQS")).containsExactly(new Pair("FCGI_MAX_REQS", "64"));
        peer.stdinEnd(1).fence();
        end.countDown();

        assertThat(peer.response(1)).hasStatus(200).hasBody("begun ended").isComplete();
        assertThat(ask(peer, "FCGI_MAX_REQS")).containsExactly(new Pair("FCGI_MAX_REQS", "64"));
    }

    @Test
    @Tag("FCGI-42")
    @Tag("FCGI-92")
    void answersWhileTheApplicationIsBusyAndHasAllItsInput() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            Await.latch("end", end);
            callback.succeeded();
        });
        Peer peer = server.connect().get(1, KEEP_CONN, "/");
        Await.until("the application is busy", () -> server.handling() == 1);

        assertThat(ask(peer, "FCGI_MAX_REQS")).hasSize(1);
        end.countDown();

        assertThat(peer.response(1)).hasStatus(200).isComplete();
    }

    @Test
    @Tag("FCGI-43")
    @Tag("FCGI-45")
    @Tag("FCGI-46")
    void answersWhatWasAskedInTheOrderOfTheQuestion() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();
        Pair connections = new Pair("FCGI_MAX_CONNS", "77");
        Pair requests = new Pair("FCGI_MAX_REQS", "64");
        Pair multiplexing = new Pair("FCGI_MPXS_CONNS", "1");

        assertThat(ask(peer, "FCGI_MAX_CONNS")).containsExactly(connections);
        assertThat(ask(peer, "FCGI_MAX_CONNS", "FCGI_MAX_REQS", "FCGI_MPXS_CONNS"))
                .containsExactly(connections, requests, multiplexing);
        assertThat(ask(peer, "FCGI_MPXS_CONNS", "FCGI_MAX_CONNS", "FCGI_MAX_REQS"))
                .containsExactly(multiplexing, connections, requests);
        assertThat(ask(peer, "FCGI_MAX_REQS", "UNKNOWN", "fcgi_max_conns", "FCGI_MAX_REQS", ""))
                .containsExactly(requests);
    }

    @Test
    @Tag("FCGI-160")
    void closesTheConnectionOfAPeerThatOnlyAsks() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        for (int round = 0; round < 2; round++) {
            assertThat(peer.get(1, KEEP_CONN, "/").response(1)).isComplete();
            for (int i = 0; i < 1000; i++) {
                peer.fence();
            }
        }

        peer.getValues("FCGI_MAX_REQS").expectClosed();
    }

    @Test
    @Tag("FCGI-160")
    void closesTheConnectionOfAPeerThatAsksAndDoesNotListen() throws Exception {
        Writer writer = new Writer();
        server.start((request, response, callback) -> {
            writer.write(response, 60L * 1024 * 1024);
            callback.succeeded();
        });
        Peer peer = server.connect(4096).get(1, KEEP_CONN, "/").sink(1, OutputStream.nullOutputStream());
        writer.awaitBlocked();

        try {
            for (int i = 0; i < 200; i++) {
                peer.getValues("FCGI_MAX_REQS");
            }
        } catch (UncheckedIOException e) {
            // Closed while this side was still asking.
        }

        // To listen sooner would be to make room for answers.
        server.awaitNoConnection();
        peer.expectClosed();
    }

    @Test
    @Tag("FCGI-45")
    void saysThatMultiplexingIsOff() throws Exception {
        server.fcgi().setMultiplexing(false);
        server.start(Apps.TARGET);

        assertThat(ask(server.connect(), "FCGI_MPXS_CONNS")).containsExactly(new Pair("FCGI_MPXS_CONNS", "0"));
    }

    @Test
    @Tag("FCGI-44")
    void answersAnEmptyQuestionAndUnknownNamesWithNothing() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        assertThat(ask(peer)).isEmpty();
        assertThat(ask(peer, "FCGI_UNKNOWN", "X")).isEmpty();
    }

    @Test
    @Tag("FCGI-47")
    void ignoresValuesInTheQuestion() throws Exception {
        server.start(Apps.TARGET);

        FcgiRecord answer = server.connect()
                .record(GET_VALUES, 0, Pairs.of("FCGI_MAX_REQS", "99").encode())
                .managementAnswer();

        assertThat(Pairs.decode(answer.content())).containsExactly(new Pair("FCGI_MAX_REQS", "64"));
    }

    @Test
    @Tag("FCGI-43")
    void answersHaproxyByteForByte() throws Exception {
        server.start(Apps.TARGET);

        FcgiRecord answer =
                server.connect().getValues("FCGI_MAX_REQS", "FCGI_MPXS_CONNS").managementAnswer();

        assertThat(answer.type()).isEqualTo(GET_VALUES_RESULT);
        assertThat(answer.text()).isEqualTo("\15\2FCGI_MAX_REQS64\17\1FCGI_MPXS_CONNS1");
    }

    @Test
    @Tag("FCGI-36")
    void survivesAQuestionThatIsCut() throws Exception {
        server.start(Apps.TARGET);
        byte[] question = Pairs.of("FCGI_MAX_REQS", "").encode();

        for (int cut = 1; cut < question.length; cut++) {
            server.connect().record(GET_VALUES, 0, Arrays.copyOf(question, cut));
        }

        assertThat(server.connect().get(1, KEEP_CONN, "/").response(1)).hasStatus(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 12, 42, 255})
    @Tag("FCGI-48")
    void answersAnUnknownManagementTypeWithUnknownType(int type) throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        peer.record(FcgiRecord.of(type, 0, "xyz".getBytes()).withPadding(new byte[5]));
        FcgiRecord answer = peer.managementAnswer();

        assertThat(answer.type()).isEqualTo(UNKNOWN_TYPE);
        assertThat(answer.content()).containsExactly((byte) type, 0, 0, 0, 0, 0, 0, 0);
        assertThat(peer.record(type, 0, new byte[MAX_CONTENT])
                        .managementAnswer()
                        .type())
                .isEqualTo(UNKNOWN_TYPE);
        assertThat(peer.get(1, KEEP_CONN, "/").response(1)).hasStatus(200);
    }

    @Test
    @Tag("FCGI-49")
    void sendsNoManagementRecordUnasked() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        // The peer fails on a record with id 0 that it has not asked for.
        for (int i = 0; i < 10; i++) {
            assertThat(peer.get(1, KEEP_CONN, "/").response(1)).isComplete();
        }
        peer.get(1, CLOSE, "/").response(1);
        peer.expectEof();
    }

    @Test
    @Tag("FCGI-50")
    void survivesAFloodOfQuestionsWhoseAnswersNobodyReads() throws Exception {
        server.start(Apps.TARGET);
        byte[] flood = flood(100_000);
        Peer peer = server.connect(4096);
        long before = usedMemory();

        try {
            peer.sendUntilStuck(flood, Duration.ofMillis(300));
        } catch (UncheckedIOException e) {
            // It may close the connection instead.
        }

        assertThat(usedMemory() - before).isLessThan(64L * 1024 * 1024);
        assertThat(server.connect().get(1, KEEP_CONN, "/").response(1)).hasStatus(200);
    }

    private static byte[] flood(int questions) {
        byte[] one = new Script().getValues("FCGI_MAX_CONNS", "FCGI_MAX_REQS").bytes();
        ByteBuffer all = ByteBuffer.allocate(questions * one.length);
        while (all.hasRemaining()) {
            all.put(one);
        }
        return all.array();
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static List<Pair> ask(Peer peer, String... names) {
        FcgiRecord answer = peer.getValues(names).managementAnswer();
        assertThat(answer.type()).isEqualTo(GET_VALUES_RESULT);
        return Pairs.decode(answer.content());
    }
}
