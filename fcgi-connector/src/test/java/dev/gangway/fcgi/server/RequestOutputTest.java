package dev.gangway.fcgi.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.api.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens when Jetty gives a write up, step by step. */
class RequestOutputTest {
    private final Server server = new Server();
    private final ByteArrayEndPoint endPoint = new ByteArrayEndPoint();
    private final List<String> events = new ArrayList<>();
    private RequestOutput output;

    @BeforeEach
    void start() throws Exception {
        FcgiConnectionFactory factory = new FcgiConnectionFactory();
        LocalConnector connector = new LocalConnector(server, factory);
        server.addConnector(connector);
        server.start();
        FcgiConnection connection = new FcgiConnection(factory, connector, endPoint);
        output = new RequestOutput(connection, new FcgiStream(connection, 1, Role.RESPONDER, true, null));
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
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
