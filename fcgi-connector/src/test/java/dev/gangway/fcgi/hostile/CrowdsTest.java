package dev.gangway.fcgi.hostile;

import static dev.gangway.conformance.record.FcgiNumbers.BEGIN_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.hostile.Victim.Bystander;
import dev.gangway.fcgi.hostile.Victim.State;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Very many connections of peers that do next to nothing. Each costs a few KiB and no thread. */
@Tag("FCGI-162")
class CrowdsTest {
    private static final int IDLE = 10_000;
    private static final int HALF = 5_000;
    private static final int SLOW = 500;
    private static final int MAX_THREADS = 50;
    private static final long KIB = 1024;

    /** Small enough for what a connection costs to matter: with the limit below for each it would not suffice twice. */
    @RegisterExtension
    static final Victim VICTIM = new Victim(128, 60);

    private final List<SocketChannel> crowd = new ArrayList<>();

    @AfterEach
    void disperse() throws Exception {
        for (SocketChannel channel : crowd) {
            channel.close();
        }
        VICTIM.awaitPeace();
    }

    @Test
    void idleConnections() throws Exception {
        gather(IDLE, new byte[0], 6 * KIB);
    }

    @Test
    void connectionsThatHaveSaidHalfAHeader() throws Exception {
        byte[] header = new Script().open(1, KEEP_CONN, Pairs.get("/")).bytes();

        gather(HALF, Arrays.copyOf(header, header.length / 2), 12 * KIB);
    }

    @Test
    void connectionsThatHaveSaidHalfARecordHeader() throws Exception {
        gather(HALF, new byte[] {1, BEGIN_REQUEST, 0}, 6 * KIB);
    }

    @Test
    @Tag("FCGI-102")
    void connectionsThatNeverReadWhatTheyHaveAskedFor() throws Exception {
        gather(SLOW, new Script().get(1, KEEP_CONN, "/download").bytes(), 200 * KIB);
    }

    @Test
    @Tag("FCGI-101")
    void connectionsWhoseBodyComesByteByByte() throws Exception {
        byte[] opening =
                new Script().open(1, KEEP_CONN, Pairs.post("/echo", SLOW)).bytes();
        byte[] one = new Script().stdin(1, "x").bytes();
        try (Bystander bystander = VICTIM.bystander()) {
            for (int i = 0; i < SLOW; i++) {
                join(opening);
                for (SocketChannel channel : crowd.subList(Math.max(0, i - 50), i)) {
                    channel.write(ByteBuffer.wrap(one));
                }
            }
            State state = VICTIM.await("all are active", now -> now.requests() > SLOW);

            assertThat(state.threads()).isLessThan(MAX_THREADS);
            bystander.insistOnService();
        }
    }

    /** Has many connections say something and then nothing; each may cost so much memory. */
    private void gather(int size, byte[] words, long bytesEach) throws Exception {
        State before = VICTIM.state();
        try (Bystander bystander = VICTIM.bystander()) {
            for (int i = 0; i < size; i++) {
                join(words);
            }
            State state = VICTIM.await("all are connected", now -> now.connections() >= size);

            bystander.insistOnService();
            assertThat(state.threads()).isLessThan(MAX_THREADS);
            assertThat((state.heap() - before.heap()) / size)
                    .as("bytes for each connection")
                    .isLessThan(bytesEach);
        }
    }

    private void join(byte[] words) throws Exception {
        SocketChannel channel = VICTIM.open();
        crowd.add(channel);
        channel.write(ByteBuffer.wrap(words));
    }
}
