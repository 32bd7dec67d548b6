package dev.gangway.fcgi.protocol;

import static dev.gangway.conformance.record.FcgiNumbers.END_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.PARAMS;
import static dev.gangway.conformance.record.FcgiNumbers.REQUEST_COMPLETE;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.conformance.record.FcgiNumbers.STDERR;
import static dev.gangway.conformance.record.FcgiNumbers.STDIN;
import static dev.gangway.conformance.record.FcgiNumbers.STDOUT;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.Bytes;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Link.class)
class StreamOrderTest {
    @RegisterExtension
    final FcgiServer server;

    StreamOrderTest(Link link) {
        server = new FcgiServer(link);
    }

    @Test
    @Tag("FCGI-57")
    void refusesStdinBeforeTheEndOfParams() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        peer.begin(1, RESPONDER, KEEP_CONN)
                .params(1, Pairs.get("/"))
                .stdin(1, "early")
                .paramsEnd(1)
                .stdin(1, "rest")
                .stdinEnd(1);
        assertThat(peer.response(1)).hasStatus(400);
        assertThat(server.begun()).isZero();

        assertThat(peer.get(1, KEEP_CONN, "/good").response(1)).hasBody("/good").isComplete();
    }

    @Test
    @Tag("FCGI-57")
    @Tag("FCGI-88")
    void neverMixesDataIntoTheBody() throws Exception {
        server.start((request, response, callback) ->
                Content.Sink.write(response, true, Content.Source.asString(request), callback));
        Peer peer = server.connect();

        peer.open(1, KEEP_CONN, Pairs.post("/", 4)).stdin(1, "bo").data(1, "!".getBytes());
        peer.stdin(1, "dy").stdinEnd(1);
        FcgiResponse response = peer.response(1);

        if (response.status() == 200) {
            assertThat(response).hasBody("body");
        } else {
            assertThat(response.status()).isGreaterThanOrEqualTo(400);
        }
        assertThat(peer.get(1, KEEP_CONN, "/good").response(1)).hasStatus(200).isComplete();
    }

    @Test
    @Tag("FCGI-60")
    void toleratesASecondEndOfAStream() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            String body = Content.Source.asString(request);
            Await.latch("end", end);
            Content.Sink.write(response, true, body, callback);
        });
        Peer peer = server.connect();

        peer.open(1, KEEP_CONN, Pairs.post("/", 4)).paramsEnd(1).stdin(1, "body");
        peer.stdinEnd(1).stdinEnd(1).paramsEnd(1).stdinEnd(1).fence();
        end.countDown();

        assertThat(peer.response(1)).hasStatus(200).hasBody("body").isComplete();
    }

    @ParameterizedTest
    @ValueSource(ints = {PARAMS, STDIN})
    @Tag("FCGI-60")
    void failsARequestOnContentAfterTheEndOfAStream(int type) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            Await.latch("end", end);
            Content.Sink.write(response, true, Content.Source.asString(request), callback);
        });
        Peer peer = server.connect();

        peer.request(1, KEEP_CONN, Pairs.get("/").without("CONTENT_LENGTH"), "body".getBytes());
        Await.until("the application runs", () -> server.handling() == 1);
        peer.record(type, 1, "late".getBytes()).fence();
        end.countDown();

        assertThat(peer.response(1).status()).isGreaterThanOrEqualTo(400);
        assertThat(peer.get(1, KEEP_CONN, "/good").response(1)).hasStatus(200).isComplete();
    }

    @ParameterizedTest
    @CsvSource({"GET, 200", "HEAD, 200", "GET, 204", "GET, 304", "HEAD, 404", "GET, 500"})
    @Tag("FCGI-62")
    @Tag("FCGI-63")
    @Tag("FCGI-71")
    @Tag("FCGI-72")
    void endsStdoutOfAnEmptyResponse(String method, int status) throws Exception {
        server.start((request, response, callback) -> {
            response.setStatus(status);
            callback.succeeded();
        });

        FcgiResponse response = server.connect()
                .request(1, KEEP_CONN, Pairs.request(method, "/"), new byte[0])
                .response(1);

        assertThat(response).hasStatus(status).hasBody("").isComplete();
        assertThat(response.stdoutRecords()).last().isEqualTo(new byte[0]);
        assertThat(response.records()).extracting(r -> r.type()).endsWith(STDOUT, END_REQUEST);
    }

    @Test
    @Tag("FCGI-61")
    @Tag("FCGI-63")
    @Tag("FCGI-71")
    void sendsStderrBeforeTheEndOfStdoutAndKeepsTheOrderOfBoth() throws Exception {
        byte[] page = Bytes.random(200_000);
        server.start((request, response, callback) -> {
            response.setStatus(500);
            request.setAttribute(ErrorHandler.ERROR_EXCEPTION, new IllegalStateException(request.getId()));
            Content.Sink.write(response, false, ByteBuffer.wrap(page, 0, 1000));
            response.write(true, ByteBuffer.wrap(page, 1000, page.length - 1000), callback);
        });
        Peer peer = server.connect();
        for (int id = 1; id <= 20; id++) {
            peer.get(id, KEEP_CONN, "/");
        }

        for (int id = 1; id <= 20; id++) {
            FcgiResponse response = peer.response(id);
            assertThat(response)
                    .hasStatus(500)
                    .endedWith(0, REQUEST_COMPLETE)
                    .hasStderr("java.lang.IllegalStateException: " + id + "\n");
            assertThat(response.body()).isEqualTo(page);
            assertThat(response.records())
                    .extracting(record -> record.type())
                    .endsWith(STDOUT, STDERR, STDERR, STDOUT, END_REQUEST);
        }
    }

    @Test
    @Tag("FCGI-165")
    void sendsNoEmptyRecordForAnEmptyWrite() throws Exception {
        server.start((request, response, callback) -> {
            Content.Sink.write(response, false, BufferUtil.EMPTY_BUFFER);
            Content.Sink.write(response, false, BufferUtil.EMPTY_BUFFER);
            Content.Sink.write(response, false, ByteBuffer.wrap("one ".getBytes()));
            Content.Sink.write(response, false, BufferUtil.EMPTY_BUFFER);
            Content.Sink.write(response, false, ByteBuffer.allocate(65535));
            Content.Sink.write(response, false, ByteBuffer.allocate(65528));
            Content.Sink.write(response, false, BufferUtil.EMPTY_BUFFER);
            Content.Sink.write(response, false, ByteBuffer.wrap("two".getBytes()));
            response.write(true, BufferUtil.EMPTY_BUFFER, callback);
        });
        Peer peer = server.connect();

        for (String method : new String[] {"GET", "HEAD"}) {
            FcgiResponse response = peer.request(1, KEEP_CONN, Pairs.request(method, "/"), new byte[0])
                    .response(1);

            // The peer fails on anything after an empty STDOUT record but END_REQUEST.
            assertThat(response).hasStatus(200).isComplete();
            assertThat(response.body()).hasSize(method.equals("GET") ? 4 + 65535 + 65528 + 3 : 0);
        }
    }

    @Test
    @Tag("FCGI-165")
    @Tag("FCGI-71")
    void sendsNoEmptyRecordWhenTheLastWriteFillsARecord() throws Exception {
        server.start((request, response, callback) -> response.write(
                true, ByteBuffer.allocate(Integer.parseInt(request.getHttpURI().getQuery())), callback));
        Peer peer = server.connect();

        for (int length : new int[] {65527, 65528, 65529, 65535, 65536, 131056, 131070}) {
            FcgiResponse response = peer.get(1, KEEP_CONN, "/?" + length).response(1);

            assertThat(response).isComplete();
            assertThat(response.body()).hasSize(length);
            assertThat(response.stdoutRecords().stream().filter(content -> content.length == 0))
                    .hasSize(1);
        }
    }
}
