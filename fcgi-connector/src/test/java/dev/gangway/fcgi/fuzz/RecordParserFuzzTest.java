package dev.gangway.fcgi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gangway.fcgi.record.ConnectionError;
import dev.gangway.fcgi.record.EventLines;
import dev.gangway.fcgi.record.RecordParser;
import dev.gangway.fcgi.record.RecordType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes: the parser finds the same in them however they are cut, and takes all of them or refuses them. */
class RecordParserFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.concat(Seeds.connections(), Seeds.kept(RecordParserFuzzTest.class));
    }

    @Tag("FCGI-15")
    @Tag("FCGI-163")
    @MethodSource("seeds")
    @FuzzTest
    void findsTheSameHoweverTheBytesAreCut(byte[] bytes) {
        List<String> whole = parse(Cuts.none(bytes), bytes.length);

        assertThat(parse(Cuts.everywhere(bytes), bytes.length)).isEqualTo(whole);
        assertThat(parse(Cuts.anywhere(bytes, new Random(Arrays.hashCode(bytes))), bytes.length))
                .isEqualTo(whole);
    }

    private static List<String> parse(List<ByteBuffer> pieces, int length) {
        Events events = new Events();
        RecordParser parser = new RecordParser(events);
        try {
            for (ByteBuffer piece : pieces) {
                parser.parse(piece);
                if (piece.hasRemaining()) {
                    throw new AssertionError(piece + " is not taken");
                }
            }
            events.add("between records: " + parser.isBetweenRecords());
        } catch (ConnectionError e) {
            events.add(e.getMessage());
        }
        assertThat(events.contentBytes).isLessThanOrEqualTo(length);
        return events.lines();
    }

    /** Insists besides that an event has what can come over the wire. */
    private static final class Events extends EventLines {
        private int contentBytes;

        @Override
        public void onBeginRequest(int id, int role, boolean keepConn) {
            super.onBeginRequest(id, role, keepConn);
            assertThat(id).isBetween(1, 0xFFFF);
            assertThat(role).isBetween(0, 0xFFFF);
        }

        @Override
        public void onAbortRequest(int id) {
            super.onAbortRequest(id);
            assertThat(id).isBetween(1, 0xFFFF);
        }

        @Override
        public void onContent(RecordType stream, int id, ByteBuffer content) {
            contentBytes += content.remaining();
            super.onContent(stream, id, content);
            assertThat(stream).isIn(RecordType.PARAMS, RecordType.STDIN, RecordType.DATA);
            assertThat(id).isBetween(1, 0xFFFF);
        }

        @Override
        public void onEnd(RecordType stream, int id) {
            super.onEnd(stream, id);
            assertThat(stream).isIn(RecordType.PARAMS, RecordType.STDIN, RecordType.DATA);
        }
    }
}
