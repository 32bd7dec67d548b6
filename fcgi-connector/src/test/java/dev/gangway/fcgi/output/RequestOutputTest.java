package dev.gangway.fcgi.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.fcgi.cgi.HeadLimit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** What happens when Jetty gives a write up, step by step. */
class RequestOutputTest {
    private final ByteArrayEndPoint endPoint = new ByteArrayEndPoint();
    private final List<String> events = new ArrayList<>();
    private final FcgiFlusher flusher = new FcgiFlusher(
            endPoint, new ArrayByteBufferPool(), new HttpConfiguration(), Mockito.mock(FcgiFlusher.Listener.class));
    private final OutputEvents request = Mockito.mock();
    private final RequestOutput output = new RequestOutput(1, flusher, new HeadLimit(16 * 1024), request);

    @BeforeEach
    void shareNothing() {
        Mockito.when(request.sharing()).thenReturn(Sharing.EXCLUSIVE);
    }

    @Test
    @Tag("FCGI-94")
    void writesNothingOfAPartThatIsGivenUpBeforeItIsHere() {
        output.cancel(new IOException("late"), callback("application")).run();
        send("cancelled", callback("part"));

        assertThat(events).containsExactly("application failed: late", "part failed: late");
        assertThat(endPoint.getOutputString()).isEmpty();
        assertThat(output.isCommitted()).isFalse();

        send("error page", callback("next"));

        assertThat(events).endsWith("next succeeded");
        assertThat(endPoint.getOutputString()).contains("error page").doesNotContain("cancelled");
    }

    @Test
    @Tag("FCGI-94")
    void tellsEachOnceWhenAPartIsGivenUpThatIsWrittenAlready() {
        send("written", callback("part"));
        output.cancel(new IOException("late"), callback("application")).run();

        assertThat(events).containsExactly("part succeeded", "application failed: late");
    }

    /** The servlet layer of EE 8 and 9 then tries to end the response all the same. */
    @Test
    @Tag("FCGI-142")
    @Tag("FCGI-161")
    void sendsNothingOfAResponseWithoutItsHeaderBlock() {
        HttpFields large = HttpFields.build().put("X-Large", "x".repeat(17_000)).asImmutable();
        MetaData.Response head = new MetaData.Response(200, null, HttpVersion.HTTP_1_1, large);

        output.send(head, false, ByteBuffer.wrap("part".getBytes()), StderrText.NONE, callback("head"));
        output.send(null, true, null, StderrText.NONE, callback("end"));

        assertThat(events).hasSize(2).allMatch(event -> event.contains("failed: 500: response headers of 17"));
        assertThat(endPoint.getOutputString()).isEmpty();
        assertThat(output.isCommitted()).isFalse();

        send("error page", callback("page"));

        assertThat(events).endsWith("page succeeded");
        assertThat(endPoint.getOutputString()).containsOnlyOnce("Status:").contains("error page");
    }

    /** It is on its way to be encoded, but has not been: then it must not leave any more. */
    @Test
    @Tag("FCGI-94")
    @Tag("FCGI-142")
    void sendsOneHeaderBlockIfAResponseFailsJustBeforeItsFirstPartIsEncoded() {
        Callback part = callback("part");

        inOneTurn(this::failLate, () -> send("not to be seen", part), () -> {});

        assertThat(endPoint.getOutputString())
                .containsOnlyOnce("Status:")
                .contains("Status: 500")
                .doesNotContain("not to be seen");
        assertThat(events).containsExactly("part failed: late");
    }

    @Test
    @Tag("FCGI-94")
    void endsAResponseOnceIfItFailsJustAfterItsLastPartIsEncoded() {
        Callback part = callback("part");

        inOneTurn(() -> {}, () -> send("seen", part), this::failLate);

        String written = endPoint.getOutputString(StandardCharsets.ISO_8859_1);
        assertThat(written).containsOnlyOnce("Status:").contains("Status: 200", "seen");
        assertThat(written).containsOnlyOnce("\u0001\u0003\u0000\u0001\u0000\u0008");
        assertThat(events).containsExactly("part failed: late");
    }

    /** The time of a request is over, and its application fails because of that. */
    @Test
    @Tag("FCGI-94")
    void endsAResponseOnceThoughItFailsTwice() {
        inOneTurn(this::nothing, this::failTwice, this::nothing);

        String written = endPoint.getOutputString(StandardCharsets.ISO_8859_1);
        assertThat(written).containsOnlyOnce("Status:").contains("Status: 500");
        assertThat(written).containsOnlyOnce("\u0001\u0003\u0000\u0001\u0000\u0008");
    }

    private void failTwice() {
        failLate();
        failLate();
    }

    private void nothing() {}

    private void failLate() {
        output.fail(500, "", new IOException("late"), false);
    }

    /** Has all that is submitted between two others encoded for one write; the others do something meanwhile. */
    private void inOneTurn(Runnable before, Runnable submits, Runnable after) {
        whileEncoding(() -> {
            whileEncoding(before);
            submits.run();
            whileEncoding(after);
        });
    }

    private void whileEncoding(Runnable action) {
        flusher.submit(gather -> {
            action.run();
            return true;
        });
    }

    private void send(String body, Callback callback) {
        MetaData.Response response = new MetaData.Response(200, null, HttpVersion.HTTP_1_1, HttpFields.EMPTY);
        output.send(response, true, ByteBuffer.wrap(body.getBytes()), StderrText.NONE, callback);
    }

    private Callback callback(String name) {
        return Callback.from(
                () -> events.add(name + " succeeded"),
                failure -> events.add(name + " failed: " + failure.getMessage()));
    }
}
