package dev.gangway.fcgi.request;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Exceptions that nobody sees cost more than many a request. */
@ParameterizedClass
@EnumSource(Link.class)
class ThrownAwayTest {
    @RegisterExtension
    final FcgiServer server;

    @TempDir
    private Path directory;

    ThrownAwayTest(Link link) {
        server = new FcgiServer(link);
    }

    /** {@return the classes of the exceptions that are made meanwhile} */
    private List<String> exceptions(Runnable action) throws Exception {
        Path file = directory.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.JavaExceptionThrow").withoutThreshold();
            recording.start();
            action.run();
            recording.stop();
            recording.dump(file);
        }
        try {
            return RecordingFile.readAllEvents(file).stream()
                    .map((RecordedEvent event) -> event.getClass("thrownClass").getName())
                    // The pool of the tests notes in these who has which buffer.
                    .filter(name -> !name.equals(Throwable.class.getName()))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    @Test
    @Tag("FCGI-163")
    void noExceptionIsMadeForARequestInOrder() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();
        peer.get(1, KEEP_CONN, "/first").response(1);

        List<String> made = exceptions(() -> {
            for (int i = 0; i < 20; i++) {
                peer.get(1, KEEP_CONN, "/").response(1);
                // Its body is not read, and its end comes late.
                peer.open(1, KEEP_CONN, Pairs.post("/", 5)).response(1);
                peer.stdin(1, "hello").stdinEnd(1);
            }
        });

        assertThat(made).isEmpty();
        assertThat(exceptions(() -> new IllegalStateException("seen")))
                .as("what the test sees")
                .contains(IllegalStateException.class.getName());
    }
}
