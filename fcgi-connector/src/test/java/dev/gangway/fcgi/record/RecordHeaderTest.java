package dev.gangway.fcgi.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordHeaderTest {
    @ParameterizedTest
    @CsvSource({
        "01 06 00 01 00 05 03 00, 1, 6, 1, 5, 3",
        "01 0b 01 02 03 04 05 06, 1, 11, 258, 772, 5",
        "00 00 00 00 00 00 00 ff, 0, 0, 0, 0, 0",
        "ff 00 00 00 00 00 00 00, 255, 0, 0, 0, 0",
        "00 ff 00 00 00 00 00 00, 0, 255, 0, 0, 0",
        "00 00 ff fe 00 00 00 00, 0, 0, 65534, 0, 0",
        "00 00 00 00 ff fe 00 00, 0, 0, 0, 65534, 0",
        "00 00 00 00 00 00 ff 00, 0, 0, 0, 0, 255"
    })
    @Tag("FCGI-14")
    void hasItsFields(String hex, int version, int type, int id, int contentLength, int paddingLength) {
        long header = Long.parseUnsignedLong(hex.replace(" ", ""), 16);

        assertThat(RecordHeader.version(header)).isEqualTo(version);
        assertThat(RecordHeader.typeCode(header)).isEqualTo(type);
        assertThat(RecordHeader.requestId(header)).isEqualTo(id);
        assertThat(RecordHeader.contentLength(header)).isEqualTo(contentLength);
        assertThat(RecordHeader.paddingLength(header)).isEqualTo(paddingLength);
    }

    @ParameterizedTest
    @CsvSource({"STDOUT, 65535, 65535, 255, 0106ffffffffff00", "UNKNOWN_TYPE, 0, 8, 0, 010b000000080000"})
    @Tag("FCGI-14")
    void isMadeOfItsFields(RecordType type, int id, int contentLength, int paddingLength, String hex) {
        assertThat(RecordHeader.of(type, id, contentLength, paddingLength)).isEqualTo(Long.parseLong(hex, 16));
    }
}
