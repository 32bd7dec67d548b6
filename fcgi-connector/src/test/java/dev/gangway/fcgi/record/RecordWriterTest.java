package dev.gangway.fcgi.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordWriterTest {
    private final ByteBuffer to = ByteBuffer.allocate(100);

    @ParameterizedTest
    @CsvSource({
        "1, 0, REQUEST_COMPLETE, 01 03 00 01 00 08 00 00 00 00 00 00 00 00 00 00",
        "1, 938, REQUEST_COMPLETE, 01 03 00 01 00 08 00 00 00 00 03 aa 00 00 00 00",
        "2, 0, CANT_MPX_CONN, 01 03 00 02 00 08 00 00 00 00 00 00 01 00 00 00",
        "2, 0, OVERLOADED, 01 03 00 02 00 08 00 00 00 00 00 00 02 00 00 00",
        "65535, -1, UNKNOWN_ROLE, 01 03 ff ff 00 08 00 00 ff ff ff ff 03 00 00 00"
    })
    @Tag("FCGI-95")
    void writesEndRequest(int id, int appStatus, ProtocolStatus status, String hex) {
        RecordWriter.endRequest(to, id, appStatus, status);

        assertThat(hex(to.flip())).isEqualTo(hex);
    }

    @ParameterizedTest
    @CsvSource({
        "STDOUT, 1, 0, 01 06 00 01 00 00 00 00",
        "STDERR, 258, 1, 01 07 01 02 00 01 07 00",
        "STDOUT, 65535, 65528, 01 06 ff ff ff f8 00 00",
        "STDOUT, 32768, 65527, 01 06 80 00 ff f7 01 00"
    })
    @Tag("FCGI-14")
    @Tag("FCGI-19")
    void writesHeaders(RecordType type, int id, int length, String hex) {
        RecordWriter.header(to, type, id, length);

        assertThat(hex(to.flip())).isEqualTo(hex);
    }

    @Test
    @Tag("FCGI-19")
    void padsToEightBytesWithZeros() {
        for (int length = 0; length < 50; length++) {
            ByteBuffer dirty = ByteBuffer.wrap(new byte[] {9, 9, 9, 9, 9, 9, 9, 9});
            RecordWriter.padding(dirty, length);

            assertThat((length + dirty.flip().remaining()) % 8).isZero();
            assertThat(dirty.remaining()).isLessThan(8);
            while (dirty.hasRemaining()) {
                assertThat(dirty.get()).isZero();
            }
        }
    }

    @Test
    @Tag("FCGI-43")
    void writesValuesAsHaproxyExpectsThem() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("FCGI_MAX_REQS", "64");
        values.put("FCGI_MPXS_CONNS", "1");

        assertThat(hex(RecordWriter.getValuesResult(values)))
                .isEqualTo(
                        "01 0a 00 00 00 23 05 00 0d 02 46 43 47 49 5f 4d 41 58 5f 52 45 51 53 36 34 0f 01 46 43 47 49 5f"
                                + " 4d 50 58 53 5f 43 4f 4e 4e 53 31 00 00 00 00 00");
        assertThat(hex(RecordWriter.getValuesResult(Map.of()))).isEqualTo("01 0a 00 00 00 00 00 00");
    }

    @Test
    @Tag("FCGI-48")
    void writesUnknownType() {
        assertThat(hex(RecordWriter.unknownType(42))).isEqualTo("01 0b 00 00 00 08 00 00 2a 00 00 00 00 00 00 00");
        assertThat(hex(RecordWriter.unknownType(255))).isEqualTo("01 0b 00 00 00 08 00 00 ff 00 00 00 00 00 00 00");
    }

    private static String hex(ByteBuffer bytes) {
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        return HexFormat.ofDelimiter(" ").formatHex(all);
    }
}
