package dev.gangway.fcgi.protocol;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.PARAMS;
import static dev.gangway.conformance.record.FcgiNumbers.REQUEST_COMPLETE;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameValueTest {
    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    private final AtomicReference<Map<String, String>> seen = new AtomicReference<>();

    @BeforeEach
    void start() throws Exception {
        server.fcgi().setMaxParamNameBytes(1 << 20);
        server.fcgi().setMaxParamValueBytes(1 << 20);
        server.fcgi().setMaxParamsBytes(1_000_000);
        server.start((request, response, callback) -> {
            seen.set(Apps.params(request));
            callback.succeeded();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255, 256, 32767, 32768, 65535, 65536})
    @Tag("FCGI-33")
    void takesNamesAndValuesOfAnyLength(int length) {
        Peer peer = server.connect();

        for (int other : new int[] {1, 127, 128, 65536}) {
            String longName = "N".repeat(Math.max(1, length));
            String name = "N".repeat(other);
            peer.request(
                    1,
                    KEEP_CONN,
                    Pairs.get("/").and(longName, "v".repeat(other)).with(name, "v".repeat(length)),
                    new byte[0]);

            assertThat(peer.response(1)).hasStatus(200).isComplete();
            assertThat(seen.get()).containsEntry(name, "v".repeat(length));
            assertThat(seen.get()).containsKey(longName);
        }
    }

    @Test
    @Tag("FCGI-34")
    void takesShortLengthsInFourBytes() {
        FcgiResponse response = send(Pairs.get("/").encode(), Pairs.longLength(3), Pairs.longLength(5), "ABCvalue");

        assertThat(response).hasStatus(200).isComplete();
        assertThat(seen.get()).containsEntry("ABC", "value");
    }

    @ParameterizedTest
    @CsvSource({"3, 6", "4, 5", "127, 127", "128, 70000"})
    @Tag("FCGI-36")
    @Tag("FCGI-99")
    void refusesAPairThatIsCutByTheEndOfTheStream(int name, int value) {
        FcgiResponse response = send(Pairs.get("/").encode(), Pairs.length(name), Pairs.length(value), "ABCvalue");

        assertThat(response).hasStatus(400).endedWith(0, REQUEST_COMPLETE);
        assertThat(seen.get()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    @Tag("FCGI-36")
    @Tag("FCGI-99")
    void refusesALengthThatIsCutByTheEndOfTheStream(int left) {
        byte[] lengths = {(byte) 0x80, 0, 0, 3, (byte) 0x80, 0, 0};
        FcgiResponse response = send(Pairs.get("/").encode(), Arrays.copyOf(lengths, left), new byte[0], "");

        assertThat(response).hasStatus(400).endedWith(0, REQUEST_COMPLETE);
        assertThat(seen.get()).isNull();
    }

    @Test
    @Tag("FCGI-37")
    void refusesTheLargestAnnouncedLengths() {
        long before = usedMemory();
        for (int i = 0; i < 50; i++) {
            FcgiResponse response = send(
                    Pairs.get("/").encode(),
                    Pairs.longLength(Integer.MAX_VALUE),
                    Pairs.longLength(Integer.MAX_VALUE),
                    "x");

            assertThat(response.status()).isIn(400, 431);
        }
        // Fifty times the announced size would be 100 GiB.
        assertThat(usedMemory() - before).isLessThan(500L * 1024 * 1024);
        assertThat(seen.get()).isNull();
    }

    @Test
    @Tag("FCGI-38")
    void takesEmptyValuesAndAnyByteButNul() {
        byte[] all = new byte[255];
        for (int i = 0; i < 255; i++) {
            all[i] = (byte) (i + 1);
        }

        Peer peer = server.connect();
        peer.request(1, KEEP_CONN, Pairs.get("/").and("EMPTY", "").and("ALL".getBytes(), all), new byte[0]);

        assertThat(peer.response(1)).hasStatus(200).isComplete();
        assertThat(seen.get()).containsEntry("EMPTY", "").containsKey("ALL");
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"NA\0ME,value", "NAME,va\0lue", "NAME,\0", "\0,value", "HTTP_X,a\0b", "REQUEST_METHOD,GET\0"})
    @Tag("FCGI-38")
    @Tag("FCGI-64")
    @Tag("FCGI-99")
    void refusesNul(String name, String value) {
        Peer peer = server.connect();

        peer.request(1, KEEP_CONN, Pairs.get("/").and(name, value), new byte[0]);
        assertThat(peer.response(1)).hasStatus(400).endedWith(0, REQUEST_COMPLETE);
        assertThat(seen.get()).isNull();

        assertThat(peer.get(1, KEEP_CONN, "/").response(1)).hasStatus(200).isComplete();
    }

    @Test
    @Tag("FCGI-39")
    void takesPairsInAnyOrder() {
        Peer peer = server.connect();
        List<Pairs.Pair> pairs =
                new ArrayList<>(Pairs.decode(Pairs.get("/any?order").encode()));
        peer.get(1, KEEP_CONN, "/any?order").response(1);
        Map<String, String> expected = seen.get();

        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(pairs, new Random(seed));
            Pairs shuffled = Pairs.of();
            for (Pairs.Pair pair : pairs) {
                shuffled = shuffled.and(pair.name(), pair.value());
            }
            peer.request(1, KEEP_CONN, shuffled, new byte[0]).response(1);
            assertThat(seen.get()).isEqualTo(expected);
        }
    }

    private FcgiResponse send(byte[] params, byte[] nameLength, byte[] valueLength, String rest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(params);
        bytes.writeBytes(nameLength);
        bytes.writeBytes(valueLength);
        bytes.writeBytes(rest.getBytes());
        return server.connect().begin(1, RESPONDER, KEEP_CONN).stream(PARAMS, 1, bytes.toByteArray())
                .paramsEnd(1)
                .stdinEnd(1)
                .response(1);
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
