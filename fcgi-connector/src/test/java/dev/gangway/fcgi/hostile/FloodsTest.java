package dev.gangway.fcgi.hostile;

import static dev.gangway.conformance.record.FcgiNumbers.AUTHORIZER;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.PARAMS;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;

import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.hostile.Victim.Bystander;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Very many records that cost the peer next to nothing. With {@code -Dgangway.full=true} it is a million of each. */
@Tag("FCGI-163")
class FloodsTest {
    private static final int IDS = 0xFFFF;
    private static final int MANY = Boolean.getBoolean("gangway.full") ? 1_000_000 : 20_000;

    @RegisterExtension
    static final Victim VICTIM = new Victim(96, 2);

    @AfterEach
    void awaitPeace() throws Exception {
        VICTIM.awaitPeace();
    }

    /** The pattern of HTTP/2's rapid reset. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("FCGI-91")
    void survivesAStormOfAborts(boolean read) throws Exception {
        flood(read, MANY, i -> new Script()
                .open(1 + i % IDS, KEEP_CONN, Pairs.get("/echo"))
                .abort(1 + i % IDS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void survivesAbortsOfWhatHasOnlyBegun(boolean read) throws Exception {
        flood(read, MANY, i -> new Script()
                .begin(1 + i % IDS, RESPONDER, KEEP_CONN)
                .abort(1 + i % IDS));
    }

    @Test
    @Tag("FCGI-160")
    void survivesBeginsAlone() throws Exception {
        flood(true, IDS, i -> new Script().begin(1 + i, RESPONDER, KEEP_CONN));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void survivesRequestsOfARoleThatIsNotServed(boolean read) throws Exception {
        flood(read, MANY, i -> new Script()
                .begin(1 + i % IDS, AUTHORIZER, KEEP_CONN)
                .paramsEnd(1 + i % IDS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void survivesMalformedRequests(boolean read) throws Exception {
        flood(read, MANY, i -> new Script()
                .begin(1 + i % IDS, RESPONDER, KEEP_CONN)
                .stdinEnd(1 + i % IDS));
    }

    @Test
    void survivesRecordsOfRequestsThatHaveEnded() throws Exception {
        flood(
                true,
                MANY,
                i -> new Script().stdin(1 + i % IDS, "late").paramsEnd(2).abort(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50_000})
    @Tag("FCGI-160")
    @Tag("FCGI-161")
    void survivesParamsThatNeverEnd(int recordLength) throws Exception {
        // Nothing but pairs without name and value, two bytes each: millions of them.
        byte[] pairs = new byte[recordLength];
        flood(true, 4 * MANY / (1 + recordLength / 5_000), i -> first(i).record(PARAMS, 1, pairs));
    }

    @Test
    @Tag("FCGI-101")
    void survivesStdinThatNeverEnds() throws Exception {
        byte[] bytes = new byte[50_000];
        flood(true, MANY / 5, i -> (i == 0 ? new Script().open(1, KEEP_CONN, Pairs.request("PUT", "/")) : new Script())
                .stdin(1, bytes));
    }

    private static Script first(int i) {
        Script script = new Script();
        return i == 0 ? script.begin(1, RESPONDER, KEEP_CONN) : script;
    }

    /** Says it so many times, or until the server has enough of it; the others are served all the time. */
    private static void flood(boolean read, int times, IntFunction<Script> drop) throws Exception {
        try (Bystander bystander = VICTIM.bystander();
                SocketChannel attacker = VICTIM.open()) {
            CompletableFuture<Void> attack = CompletableFuture.runAsync(() -> pour(attacker, times, drop));
            CompletableFuture<Void> end = CompletableFuture.runAsync(() -> awaitEnd(attacker, read));
            while (!end.isDone()) {
                bystander.insistOnService();
            }
            attack.join();
            end.join();
        }
    }

    /** Waits for the server to close the connection, which it does when all has been said, or sooner. */
    private static void awaitEnd(SocketChannel attacker, boolean read) {
        if (read) {
            drain(attacker);
        } else {
            VICTIM.await("the attacker is disconnected", state -> state.connections() == 2);
        }
    }

    private static void pour(SocketChannel attacker, int times, IntFunction<Script> drop) {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try {
            for (int i = 0; i < times; i++) {
                byte[] bytes = drop.apply(i).bytes();
                if (buffer.remaining() < bytes.length) {
                    write(attacker, buffer);
                }
                buffer.put(bytes);
            }
            write(attacker, buffer);
            attacker.shutdownOutput();
        } catch (IOException e) {
            // The server has had enough.
        }
    }

    private static void write(SocketChannel attacker, ByteBuffer buffer) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            attacker.write(buffer);
        }
        buffer.clear();
    }

    private static void drain(SocketChannel attacker) {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try {
            while (attacker.read(buffer) >= 0) {
                buffer.clear();
            }
        } catch (IOException e) {
            // Closed, from this side or the other.
        }
    }
}
