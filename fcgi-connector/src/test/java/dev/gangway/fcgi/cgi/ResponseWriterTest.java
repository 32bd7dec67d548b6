package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseWriterTest {
    private final HttpFields.Mutable fields = HttpFields.build();

    private String written(int status) {
        ByteBuffer to = ByteBuffer.allocate(1000);
        ResponseWriter.write(to, status, fields);
        return StandardCharsets.ISO_8859_1.decode(to.flip()).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "200, Status: 200 OK",
        "404, Status: 404 Not Found",
        "103, Status: 103 Early Hints",
        "299, Status: 299",
        "999, Status: 999"
    })
    @Tag("FCGI-142")
    @Tag("FCGI-143")
    void writesTheStatus(int status, String line) {
        assertThat(written(status)).isEqualTo(line + "\r\n\r\n");
    }

    @Test
    @Tag("FCGI-142")
    @Tag("FCGI-149")
    void writesEachFieldOnALineOfItsOwn() {
        fields.add("Set-Cookie", "a=1")
                .add("X-Many", "1")
                .add("Set-Cookie", "b=2")
                .add("X-Many", "2");

        assertThat(written(200))
                .isEqualTo("Status: 200 OK\r\nSet-Cookie: a=1\r\nX-Many: 1\r\nSet-Cookie: b=2\r\nX-Many: 2\r\n\r\n");
    }

    @Test
    @Tag("FCGI-143")
    @Tag("FCGI-144")
    void writesOneLocationBeforeTheStatus() {
        fields.add("X-A", "1").add("Location", "/1").add("Location", "/2");

        assertThat(written(302)).isEqualTo("Location: /1\r\nStatus: 302 Found\r\nX-A: 1\r\n\r\n");
    }

    @Test
    @Tag("FCGI-75")
    void writesTheStatusOfADecisionFirst() {
        fields.add("X-A", "1").add("Location", "/1").add("Location", "/2");
        ByteBuffer to = ByteBuffer.allocate(1000);
        ResponseWriter.writeDecision(to, 302, fields);

        assertThat(StandardCharsets.ISO_8859_1.decode(to.flip()).toString())
                .isEqualTo("Status: 302 Found\r\nLocation: /1\r\nX-A: 1\r\n\r\n");
    }

    @Test
    @Tag("FCGI-144")
    void writesOneContentTypeAndNoOtherStatus() {
        fields.add("Status", "404 Fake").add("status", "500 Fake").add("X-Status", "kept");
        fields.add("Content-Type", "text/plain").add("content-type", "text/html");

        assertThat(written(200)).isEqualTo("Status: 200 OK\r\nX-Status: kept\r\nContent-Type: text/plain\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "TE", "Trailer", "upgrade"})
    @Tag("FCGI-146")
    void writesNothingThatConcernsTheConnection(String name) {
        fields.add(name, "x").add("Server", "y");

        assertThat(written(200)).isEqualTo("Status: 200 OK\r\nServer: y\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({"200, true", "205, true", "304, false", "404, true", "204, false", "103, false", "102, false"})
    @Tag("FCGI-147")
    @Tag("FCGI-150")
    void writesTheLengthWhereItMayBeThatOfABody(int status, boolean allowed) {
        fields.add(HttpHeader.CONTENT_LENGTH, 7L);

        assertThat(written(status).contains("Content-Length: 7\r\n")).isEqualTo(allowed);
    }

    @Test
    @Tag("FCGI-161")
    void writesNoMoreThanItSays() {
        fields.add(HttpHeader.LOCATION, "/x")
                .add("X-A", "b")
                .add(new HttpField("X-None", null))
                .add("X-\u00e4", "c");

        assertThat(ResponseWriter.maxLength(404, fields))
                .isGreaterThanOrEqualTo(written(404).length());
        assertThat(ResponseWriter.maxLength(299, HttpFields.EMPTY)).isEqualTo("Status: 299\r\n\r\n".length());
        assertThat(ResponseWriter.maxLength(200, HttpFields.EMPTY)).isEqualTo("Status: 200 OK\r\n\r\n".length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"X B", "X\r\nInjected", "X\nInjected", "X:", "", "X\0", "\u00c4"})
    @Tag("FCGI-148")
    void leavesOutANameThatIsNone(String name) {
        fields.add(new HttpField(name, "x")).add("X-Kept", "y");

        assertThat(written(200)).isEqualTo("Status: 200 OK\r\nX-Kept: y\r\n\r\n");
    }

    @Test
    @Tag("FCGI-148")
    void writesBlanksForWhatWouldEndTheLine() {
        fields.add(new HttpField("X-A", "a\r\nB: c\0d")).add(new HttpField(HttpHeader.LOCATION, "/\r\nX: y"));

        assertThat(written(200)).isEqualTo("Location: /  X: y\r\nStatus: 200 OK\r\nX-A: a  B: c d\r\n\r\n");
    }

    @Test
    @Tag("FCGI-134")
    void writesCharactersAsBytes() {
        fields.add(new HttpField("X-A", "\u00e4\u00ff\u0100\u20ac\t\u0001"));

        assertThat(written(200)).isEqualTo("Status: 200 OK\r\nX-A: \u00e4\u00ff??\t\u0001\r\n\r\n");
    }

    @Test
    void writesAFieldWithoutValue() {
        fields.add(new HttpField("X-A", null)).add(new HttpField("X-B", ""));

        assertThat(written(200)).isEqualTo("Status: 200 OK\r\nX-A: \r\nX-B: \r\n\r\n");
    }

    @Test
    @Tag("FCGI-161")
    void tellsWhenTheBufferIsTooSmall() {
        fields.add("X-A", "1234567890");
        int length = written(200).length();

        ResponseWriter.write(ByteBuffer.allocate(length), 200, fields);
        for (int less = 0; less < length; less++) {
            ByteBuffer small = ByteBuffer.allocate(less);
            assertThatThrownBy(() -> ResponseWriter.write(small, 200, fields))
                    .isInstanceOf(BufferOverflowException.class);
        }
    }
}
