package dev.gangway.fcgi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gangway.fcgi.record.ConnectionError;
import dev.gangway.fcgi.record.RecordListener;
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
        return Seeds.connections();
    }

    @Tag("FCGI-15")
    @Tag("FCGI-163")
    @MethodSource("seeds")
    @FuzzTest
    void findsTheSameHoweverTheBytesAreCut(byte[] bytes) {
        String whole = parse(Cuts.none(bytes), bytes.length);

        assertThat(parse(Cuts.everywhere(bytes), bytes.length)).isEqualTo(whole);
        assertThat(parse(Cuts.anywhere(bytes, new Random(Arrays.hashCode(bytes))), bytes.length))
                .isEqualTo(whole);
    }

    private static String parse(List<ByteBuffer> pieces, int length) {
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
        return events.text.toString();
    }

    /** Notes each event as a line; what belongs to one record is one line, however it is cut. */
    private static final class Events implements RecordListener {
        private final StringBuilder text = new StringBuilder();
        private String open = "";
        private int contentBytes;

        @Override
        public void onBeginRequest(int id, int role, boolean keepConn) {
            add("begin " + id + " " + role + " " + keepConn);
            assertThat(id).isBetween(1, 0xFFFF);
            assertThat(role).isBetween(0, 0xFFFF);
        }

        @Override
        public void onAbortRequest(int id) {
            add("abort " + id);
            assertThat(id).isBetween(1, 0xFFFF);
        }

        @Override
        public void onContent(RecordType stream, int id, ByteBuffer content) {
            assertThat(stream).isIn(RecordType.PARAMS, RecordType.STDIN, RecordType.DATA);
            assertThat(id).isBetween(1, 0xFFFF);
            assertThat(content.hasRemaining()).isTrue();
            contentBytes += content.remaining();
            String start = stream + " " + id + " ";
            if (!open.equals(start)) {
                add(start);
                open = start;
            }
            while (content.hasRemaining()) {
                text.append((char) content.get());
            }
        }

        @Override
        public void onEnd(RecordType stream, int id) {
            add("end " + stream + " " + id);
            assertThat(stream).isIn(RecordType.PARAMS, RecordType.STDIN, RecordType.DATA);
        }

        @Override
        public void onGetValues(List<String> names) {
            add("ask " + names);
        }

        @Override
        public void onUnknownManagement(int type) {
            add("unknown " + type);
        }

        @Override
        public void onMisplaced(RecordType type, int id) {
            add("misplaced " + type + " " + id);
        }

        private void add(String line) {
            text.append('\n').append(line);
            open = "";
        }
    }
}
