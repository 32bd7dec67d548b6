package dev.gangway.fcgi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.record.Script;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections that end in the middle of a write, at each of its bytes. */
class EveryWriteTest {
    private final MemoryServer server = new MemoryServer(new Describing());

    @ParameterizedTest
    @CsvSource({"0, false", "0, true", "1, false", "1, true"})
    @Tag("FCGI-107")
    @Tag("FCGI-163")
    void leaveNothingBehind(int flags, boolean orderly) {
        Script script = new Script().get(1, flags, "/a").get(2, flags, "/b");
        byte[] bytes = script.bytes();
        int length = written(bytes, 1 << 20, Integer.MAX_VALUE, orderly);
        assertThat(length).isPositive();

        for (int window = 1; window <= length; window++) {
            // With as much read as fits, or a bit more.
            written(bytes, window, window % 3, orderly);
        }
    }

    /** Has the server answer into a window, and ends the connection after some reads. */
    private int written(byte[] bytes, int window, int reads, boolean orderly) {
        MemoryConnection connection = server.connect(window);
        connection.say(ByteBuffer.wrap(bytes));
        connection.work();
        for (int i = 0; i < Math.min(reads, 10); i++) {
            connection.listen();
        }
        int received = (int) connection.answers().received();
        connection.end(orderly);
        server.expectIdle();
        return received;
    }
}
