package dev.gangway.fcgi.record;

import static dev.gangway.conformance.record.FcgiNumbers.ABORT_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.BEGIN_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.DATA;
import static dev.gangway.conformance.record.FcgiNumbers.END_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.FILTER;
import static dev.gangway.conformance.record.FcgiNumbers.GET_VALUES_RESULT;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.PARAMS;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.conformance.record.FcgiNumbers.STDERR;
import static dev.gangway.conformance.record.FcgiNumbers.STDIN;
import static dev.gangway.conformance.record.FcgiNumbers.STDOUT;
import static dev.gangway.conformance.record.FcgiNumbers.UNKNOWN_TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Script;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordParserTest {
    private final EventLines events = new EventLines();
    private final RecordParser parser = new RecordParser(events);

    @ParameterizedTest
    @CsvSource({
        "01 01 00 01 00 08 00 00  00 01 00 00 00 00 00 00, begin 1 role 1 close",
        "01 01 00 01 00 08 00 00  00 01 01 00 00 00 00 00, begin 1 role 1 keep",
        "01 01 00 01 00 08 00 00  00 02 00 00 00 00 00 00, begin 1 role 2 close",
        "01 01 00 01 00 08 00 00  00 03 00 00 00 00 00 00, begin 1 role 3 close",
        "01 01 00 01 00 08 00 ff  00 09 fe ff ff ff ff ff, begin 1 role 9 close",
        "01 01 ff ff 00 08 03 00  ff ff ff 00 00 00 00 00 01 01 01, begin 65535 role 65535 keep",
        "01 04 00 01 00 00 00 00, end of PARAMS 1",
        "01 05 00 01 00 00 00 00, end of STDIN 1",
        "01 08 80 00 00 00 02 00  ff ff, end of DATA 32768",
        "01 02 00 01 00 00 00 00, abort 1",
        "01 02 01 00 00 03 02 00  78 79 7a 00 00, abort 256",
        "01 09 00 00 00 00 00 00, ask []",
        "01 09 00 00 00 03 00 00  01 00 41, ask [A]",
        "01 2a 00 00 00 03 05 00  78 79 7a 00 00 00 00 00, unknown 42",
        "01 00 00 00 00 00 00 00, unknown 0",
        "01 06 00 07 00 01 00 00  41, misplaced STDOUT 7",
        "01 09 00 07 00 03 00 00  01 00 41, misplaced GET_VALUES 7",
        "01 0b 00 07 00 00 00 00, misplaced UNKNOWN_TYPE 7"
    })
    @Tag("FCGI-14")
    @Tag("FCGI-17")
    @Tag("FCGI-53")
    void readsEachKindOfRecord(String hex, String event) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

        parser.parse(ByteBuffer.wrap(bytes));

        assertThat(events.lines()).containsExactly(event);
        assertThat(parser.isBetweenRecords()).isTrue();
    }

    @Test
    @Tag("FCGI-32")
    void skipsUnknownTypesWithAnId() throws Exception {
        parser.parse(ByteBuffer.wrap(
                new Script().record(200, 3, new byte[500]).abort(3).bytes()));

        assertThat(events.lines()).containsExactly("abort 3");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BEGIN_REQUEST,
                ABORT_REQUEST,
                END_REQUEST,
                PARAMS,
                STDIN,
                STDOUT,
                STDERR,
                DATA,
                GET_VALUES_RESULT,
                UNKNOWN_TYPE
            })
    @Tag("FCGI-28")
    @Tag("FCGI-30")
    void refusesARecordWithoutAnId(int type) {
        assertThatThrownBy(() -> parser.parse(
                        ByteBuffer.wrap(FcgiRecord.of(type, 0, new byte[8]).encode())))
                .isInstanceOf(ConnectionError.class)
                .hasMessageContaining(RecordType.of(type).name());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 71, 255})
    @Tag("FCGI-14")
    void refusesAnotherVersionAtItsFirstByte(int version) {
        assertThatThrownBy(() -> parser.parse(ByteBuffer.wrap(new byte[] {(byte) version})))
                .isInstanceOf(ConnectionError.class)
                .hasMessageContaining("version " + version);
    }

    @Test
    @Tag("FCGI-14")
    void refusesAnotherVersionOfAWholeRecord() {
        byte[] abort = new Script().abort(1).bytes();
        abort[0] = 2;

        assertThatThrownBy(() -> parser.parse(ByteBuffer.wrap(abort)))
                .isInstanceOf(ConnectionError.class)
                .hasMessage("record with version 2, want 1");
        assertThat(events.lines()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"A, true", "G, true", "Z, true", "@, false", "[, false"})
    @Tag("FCGI-14")
    void suspectsHttpWhereAMethodBegins(char first, boolean suspected) {
        assertThatThrownBy(() -> parser.parse(ByteBuffer.wrap(new byte[] {(byte) first})))
                .isInstanceOf(ConnectionError.class)
                .hasMessage("record with version " + (int) first + ", want 1"
                        + (suspected ? " (is this HTTP on a FastCGI port?)" : ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 7, 9, 65535})
    @Tag("FCGI-51")
    void refusesABeginRequestOfAnotherLength(int length) {
        assertThatThrownBy(() -> parser.parse(ByteBuffer.wrap(
                        FcgiRecord.of(BEGIN_REQUEST, 7, new byte[length]).encode())))
                .isInstanceOf(ConnectionError.class)
                .hasMessage("request 7: BEGIN_REQUEST with " + length + " bytes, want 8");
    }

    @Test
    @Tag("FCGI-15")
    @Tag("FCGI-16")
    void takesTheLargestRecord() throws Exception {
        byte[] padding = new byte[255];
        Arrays.fill(padding, (byte) 1);
        FcgiRecord largest = FcgiRecord.of(STDIN, 1, new byte[65535]).withPadding(padding);

        parser.parse(ByteBuffer.wrap(new Script().record(largest).abort(1).bytes()));

        assertThat(events.lines()).hasSize(2).last().isEqualTo("abort 1");
        assertThat(events.lines().get(0)).hasSize("STDIN 1 ".length() + 65535);
    }

    @Test
    @Tag("FCGI-15")
    @Tag("FCGI-31")
    void findsTheSameWhereverTheBytesAreCut() throws Exception {
        byte[] bytes = conversation();
        parser.parse(ByteBuffer.wrap(bytes));
        assertThat(events.lines()).hasSize(13);

        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= Math.min(bytes.length, first + 20); second++) {
                EventLines cut = new EventLines();
                RecordParser cutParser = new RecordParser(cut);
                cutParser.parse(ByteBuffer.wrap(bytes, 0, first));
                cutParser.parse(ByteBuffer.wrap(bytes, first, second - first));
                cutParser.parse(ByteBuffer.wrap(bytes, second, bytes.length - second));

                assertThat(cut.lines()).isEqualTo(events.lines());
            }
        }
    }

    @Test
    @Tag("FCGI-15")
    void findsTheSameByteByByte() throws Exception {
        byte[] bytes = conversation();
        parser.parse(ByteBuffer.wrap(bytes));
        EventLines cut = new EventLines();
        RecordParser cutParser = new RecordParser(cut);

        for (byte b : bytes) {
            cutParser.parse(ByteBuffer.wrap(new byte[] {b}));
        }

        assertThat(cut.lines()).isEqualTo(events.lines());
    }

    private static byte[] conversation() {
        return new Script()
                .getValues("FCGI_MAX_REQS", "X")
                .begin(1, RESPONDER, KEEP_CONN)
                .params(1, "REQUEST_METHOD", "GET")
                .begin(258, FILTER, CLOSE)
                .record(FcgiRecord.of(STDIN, 258, "early".getBytes()).withPadding(new byte[] {1, 1, 1}))
                .paramsEnd(1)
                .record(42, 0, new byte[3])
                .stdin(1, "one")
                .stdinEnd(1)
                .record(FcgiRecord.of(DATA, 258, "file".getBytes()).withPadding(new byte[200]))
                .record(99, 1, new byte[10])
                .abort(258)
                .record(STDERR, 1, new byte[3])
                .abort(1)
                .bytes();
    }

    @Test
    @Tag("FCGI-21")
    void knowsWhetherItIsBetweenRecords() throws Exception {
        byte[] bytes = FcgiRecord.of(STDIN, 1, "ab".getBytes())
                .withPadding(new byte[3])
                .encode();

        assertThat(parser.isBetweenRecords()).isTrue();
        for (int i = 0; i < bytes.length; i++) {
            parser.parse(ByteBuffer.wrap(bytes, i, 1));
            assertThat(parser.isBetweenRecords()).isEqualTo(i == bytes.length - 1);
        }
    }

    @Test
    @Tag("FCGI-163")
    void survivesRandomBytes() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            for (int at = 0; at < bytes.length; at += 8 + random.nextInt(30)) {
                bytes[at] = 1;
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            try {
                new RecordParser(new EventLines()).parse(buffer);
                assertThat(buffer.hasRemaining()).isFalse();
            } catch (ConnectionError e) {
                assertThat(e).hasMessageNotContainingAny("\n", "null");
            }
        }
    }
}
