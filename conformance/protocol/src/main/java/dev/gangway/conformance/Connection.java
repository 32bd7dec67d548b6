package dev.gangway.conformance;

import static dev.gangway.conformance.record.FcgiNumbers.BEGIN_REQUEST;

import dev.gangway.conformance.record.Deframer;
import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Header;
import dev.gangway.conformance.record.Script;
import dev.gangway.conformance.record.Vocabulary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A connection to the application under examination: says anything, and keeps whatever comes back.
 *
 * <p>It never judges and never waits past its deadline. While it speaks it listens too, so that neither side can block
 * the other. A connection that breaks while it speaks is one that the application has closed.
 */
final class Connection implements Vocabulary<Connection>, AutoCloseable {
    /** The least time for something that may as well not happen. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** Covers the headers of the first records. */
    private static final int APART = 64;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final Duration patience;
    private final long deadline;
    private final Deframer in = new Deframer();
    private final Map<Integer, Answer> answers = new HashMap<>();
    private final Deque<FcgiRecord> management = new ArrayDeque<>();
    private final List<FcgiRecord> strays = new ArrayList<>();
    private boolean closed;
    private boolean otherVersion;
    private boolean reserved;

    private Connection(SocketChannel channel, Duration patience) throws IOException {
        this.channel = channel;
        this.patience = patience;
        deadline = System.nanoTime() + patience.toNanos();
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, SelectionKey.OP_READ);
    }

    static Connection open(SocketAddress address, Duration patience) throws IOException {
        SocketChannel channel = address instanceof InetSocketAddress
                ? SocketChannel.open().setOption(StandardSocketOptions.TCP_NODELAY, true)
                : SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(address);
            return new Connection(channel, patience);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    // ---- speaking

    @Override
    public Connection record(FcgiRecord record) {
        expect(record);
        return raw(record.encode());
    }

    @Override
    public Connection self() {
        return this;
    }

    /** Says all of it in one write. */
    Connection send(Script script) {
        script.records().forEach(this::expect);
        return raw(script.bytes());
    }

    /** Says all of it byte by byte, the first ones with time enough between them that they do not come together. */
    Connection sendByteByByte(Script script) {
        script.records().forEach(this::expect);
        byte[] bytes = script.bytes();
        for (int i = 0; i < bytes.length; i++) {
            raw(bytes[i]);
            if (i < APART) {
                listen(Duration.ofMillis(1));
            }
        }
        return this;
    }

    /** Announces a request that is begun by raw bytes. */
    Connection expect(int id) {
        answers.compute(id, (same, answer) -> answer == null || answer.ended() ? new Answer(id) : answer);
        return this;
    }

    private void expect(FcgiRecord record) {
        if (record.type() == BEGIN_REQUEST && record.id() != 0) {
            expect(record.id());
        }
    }

    Connection raw(byte... bytes) {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        until(() -> {
            write(out);
            return !out.hasRemaining();
        });
        return this;
    }

    /** Has no more to say. */
    Connection halfClose() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            closed = true;
        }
        return this;
    }

    @Override
    public void close() {
        try (channel;
                selector) {
            // Closes both.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- listening

    /** {@return the answer to the last request with this id, as far as it has come in time} */
    Answer answer(int id) {
        Answer answer = answers.get(id);
        until(answer::ended);
        if (!answer.ended() && closed) {
            answer.closed();
        } else if (!answer.ended()) {
            answer.silent(silence());
        }
        return answer;
    }

    /** {@return the next record with id 0, or null if none comes in time} */
    FcgiRecord managementAnswer() {
        until(() -> !management.isEmpty());
        return management.poll();
    }

    /** {@return whether a record with id 0 has come that has not been taken} */
    boolean hasManagementAnswer() {
        return !management.isEmpty();
    }

    /** {@return whether anything of the answer to this request has come by now} */
    boolean hasAnswered(int id) {
        return !answers.get(id).records().isEmpty();
    }

    /** {@return whether the answer to this request has come to its end by now} */
    private boolean isAnswered(int id) {
        return answers.get(id).ended();
    }

    /** {@return whether the application closes the connection in time} */
    boolean closes() {
        return until(() -> closed);
    }

    /** {@return whether the answer to this request comes to its end within a shorter time} */
    boolean answersSoon(int id) {
        return until(() -> isAnswered(id), soon());
    }

    /** {@return whether a record with id 0 comes within a shorter time} */
    boolean answersManagementSoon() {
        return until(this::hasManagementAnswer, soon());
    }

    private long soon() {
        long shorter = Math.max(SOON.toNanos(), patience.toNanos() / 5);
        return Math.min(System.nanoTime() + shorter, deadline);
    }

    /** Listens for a while; what comes is kept. */
    Connection listen(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        until(() -> System.nanoTime() > end, Math.min(end, deadline));
        return this;
    }

    boolean isClosed() {
        return closed;
    }

    /** {@return why there is no answer} */
    String silence() {
        return closed ? "connection closed" : "no answer in " + Application.seconds(patience);
    }

    /** {@return records that belong to no active request} */
    List<FcgiRecord> strays() {
        return strays;
    }

    /** {@return whether a record has had another version than 1} */
    boolean sawOtherVersion() {
        return otherVersion;
    }

    /** {@return whether the reserved byte of a record has not been zero} */
    boolean sawReserved() {
        return reserved;
    }

    /** {@return whether every record has begun at a multiple of 8 bytes} */
    boolean aligned() {
        return in.aligned();
    }

    /** {@return whether bytes of a record have come whose rest has not} */
    boolean insideRecord() {
        return in.insideRecord();
    }

    // ---- the wire

    private boolean until(BooleanSupplier reached) {
        return until(reached, deadline);
    }

    private boolean until(BooleanSupplier reached, long end) {
        while (!reached.getAsBoolean()) {
            long millis = (end - System.nanoTime() + 999_999) / 1_000_000;
            if (closed) {
                return reached.getAsBoolean();
            }
            if (millis <= 0) {
                // What has come by now, if it was this side that was held up.
                read();
                return reached.getAsBoolean();
            }
            await(millis);
            read();
        }
        return true;
    }

    private void await(long millis) {
        try {
            selector.select(millis);
            selector.selectedKeys().clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(ByteBuffer out) {
        try {
            channel.write(out);
            key.interestOps(out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        } catch (IOException e) {
            // What was sent before may still be read, up to the end.
            out.position(out.limit());
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private void read() {
        try {
            closed = channel.read(in.space()) < 0;
        } catch (IOException e) {
            closed = true;
        } finally {
            in.filled();
        }
        for (Header header = in.header(); header != null && take(header); header = in.header()) {
            // All that have come whole.
        }
    }

    /** Keeps the record of this header; false if it has not come whole. */
    private boolean take(Header header) {
        FcgiRecord record = in.next();
        if (record == null) {
            return false;
        }
        otherVersion |= header.version() != 1;
        reserved |= header.reserved() != 0;
        file(record);
        return true;
    }

    private void file(FcgiRecord record) {
        Answer answer = answers.get(record.id());
        if (record.id() == 0) {
            management.add(record);
        } else if (answer == null || answer.ended()) {
            strays.add(record);
        } else {
            answer.accept(record);
        }
    }
}
