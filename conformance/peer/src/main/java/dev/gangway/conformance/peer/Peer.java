package dev.gangway.conformance.peer;

import static dev.gangway.conformance.record.FcgiNumbers.BEGIN_REQUEST;

import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.conformance.record.Vocabulary;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * A web server's end of a FastCGI connection, in the hands of a test.
 *
 * <p>It says anything, well-formed or not, and accepts only what FastCGI 1.0 allows an application to answer: each
 * violation is an {@link AssertionError}. Every wait has a deadline. One thread may speak while another one listens.
 */
public final class Peer implements Vocabulary<Peer>, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SocketChannel channel;
    private final Selector readable;
    private final Selector writable;
    private final Inbound inbound = new Inbound();

    private Peer(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        readable = Selector.open();
        writable = Selector.open();
        channel.register(readable, SelectionKey.OP_READ);
        channel.register(writable, SelectionKey.OP_WRITE);
    }

    /** {@return a new connection to a TCP or Unix-domain address} */
    public static Peer connect(SocketAddress address) {
        return connect(address, 0);
    }

    /** {@return a new connection from an address of this machine} */
    public static Peer connect(InetAddress from, InetSocketAddress address) {
        try {
            SocketChannel channel = SocketChannel.open().setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.bind(new InetSocketAddress(from, 0));
            channel.connect(address);
            return new Peer(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a new connection with a receive buffer of this size, so that the application soon feels a slow reader} */
    public static Peer connect(SocketAddress address, int receiveBuffer) {
        try {
            SocketChannel channel = address instanceof InetSocketAddress
                    ? SocketChannel.open().setOption(StandardSocketOptions.TCP_NODELAY, true)
                    : SocketChannel.open(StandardProtocolFamily.UNIX);
            if (receiveBuffer > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            }
            channel.connect(address);
            return new Peer(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- speaking

    @Override
    public Peer record(FcgiRecord record) {
        note(record);
        return raw(record.encode());
    }

    @Override
    public Peer self() {
        return this;
    }

    /** Says a whole request in one write, as web servers do. */
    @Override
    public Peer request(int id, int flags, Pairs pairs, byte[] body) {
        return send(new Script().request(id, flags, pairs, body));
    }

    /** Says all of it in one write. */
    public Peer send(Script script) {
        script.records().forEach(this::note);
        return raw(script.bytes());
    }

    /** Says all of it in several writes: the first one ends before byte {@code cuts[0]}, and so on. */
    public Peer sendCut(Script script, int... cuts) {
        script.records().forEach(this::note);
        byte[] bytes = script.bytes();
        int from = 0;
        for (int cut : cuts) {
            raw(Arrays.copyOfRange(bytes, from, cut));
            from = cut;
        }
        return raw(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    /** Says all of it, so many bytes in each write. */
    public Peer sendInPieces(Script script, int size) {
        int length = script.bytes().length;
        int[] cuts = new int[(length - 1) / size];
        Arrays.setAll(cuts, i -> (i + 1) * size);
        return sendCut(script, cuts);
    }

    /** Says any bytes; an answer to them must be announced by {@link #expect}. */
    public Peer raw(byte... bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                channel.write(buffer);
                if (!buffer.hasRemaining()) {
                    return this;
                }
                await(writable, deadline, "the application took only " + buffer.position() + " bytes");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not write: " + e.getMessage(), e);
        }
    }

    /** Says as much of it as the application takes, until it has taken nothing for this time. */
    public int sendUntilStuck(byte[] bytes, Duration stuck) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            while (buffer.hasRemaining()) {
                if (channel.write(buffer) == 0 && writable.select(stuck.toMillis()) == 0) {
                    break;
                }
                writable.selectedKeys().clear();
            }
            return buffer.position();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void note(FcgiRecord record) {
        if (record.id() == 0) {
            inbound.asked();
        } else if (record.type() == BEGIN_REQUEST) {
            inbound.begun(record.id());
        }
    }

    /** Announces a request that is begun by raw bytes. */
    public Peer expect(int... ids) {
        for (int id : ids) {
            inbound.begun(id);
        }
        return this;
    }

    /** Passes the body of a request that has begun on to the sink, instead of keeping it. */
    public Peer sink(int id, OutputStream sink) {
        inbound.sink(id, sink);
        return this;
    }

    /** Has no more to say. */
    public Peer halfClose() {
        try {
            channel.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Breaks the connection off with a reset (on a Unix socket: closes it). */
    public void reset() {
        try {
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)
                    && channel.getRemoteAddress() instanceof InetSocketAddress) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    @Override
    public void close() {
        try (channel;
                readable;
                writable) {
            // Closes all three.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- listening

    /** {@return the next record, which has been checked and counts for its response} */
    public FcgiRecord nextRecord() {
        FcgiRecord record = nextRecordOrEof();
        if (record == null) {
            throw new AssertionError("end of the connection; without an answer: " + inbound.unanswered());
        }
        return record;
    }

    private FcgiRecord nextRecordOrEof() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (true) {
                FcgiRecord record = inbound.next();
                if (record != null) {
                    return record;
                }
                int read = channel.read(inbound.space());
                inbound.filled();
                if (read < 0) {
                    return null;
                }
                if (read == 0) {
                    await(readable, deadline, "no record came; without an answer: " + inbound.unanswered());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not read: " + e.getMessage(), e);
        }
    }

    /** {@return the complete response to the oldest request with this id that has not been asked for} */
    public FcgiResponse response(int id) {
        while (true) {
            FcgiResponse response = inbound.takeEnded(id);
            if (response != null) {
                return response;
            }
            nextRecord();
        }
    }

    /** {@return the response to this request as soon as it has come so far} */
    public FcgiResponse responseWhen(int id, Predicate<FcgiResponse> far) {
        while (inbound.current(id) == null || !far.test(inbound.current(id))) {
            nextRecord();
        }
        return inbound.current(id);
    }

    /** {@return the next answer to a management record} */
    public FcgiRecord managementAnswer() {
        while (true) {
            FcgiRecord answer = inbound.takeManagementAnswer();
            if (answer != null) {
                return answer;
            }
            nextRecord();
        }
    }

    /**
     * Asks an empty question and waits for its answer: by then the application has seen all that was said before, and
     * this peer has heard what it answered at once. Stands in for waiting a while.
     */
    public Peer fence() {
        getValues();
        while (inbound.unansweredQuestions() > 0) {
            nextRecord();
        }
        while (inbound.takeManagementAnswer() != null) {
            // Nobody else will ask for these.
        }
        return this;
    }

    /** {@return whether anything but management answers has come with this id since its BEGIN_REQUEST} */
    public boolean heardOf(int id) {
        FcgiResponse response = inbound.current(id);
        return response != null && !response.records().isEmpty();
    }

    /** Insists that the application ends the connection in order, after whole records. */
    public void expectEof() {
        readToEof();
        if (inbound.insideRecord()) {
            throw new AssertionError("end of the connection inside a record");
        }
    }

    /** Insists that the application ends the connection inside a record. */
    public void expectCutRecord() {
        readToEof();
        if (!inbound.insideRecord()) {
            throw new AssertionError("end of the connection between two records");
        }
    }

    private void readToEof() {
        while (nextRecordOrEof() != null) {
            // Each one is checked.
        }
    }

    /** Insists that the application breaks the connection off with a reset. */
    public void expectReset() {
        try {
            readToEof();
        } catch (UncheckedIOException e) {
            return;
        }
        throw new AssertionError("a normal end of the connection");
    }

    /** Insists that the application closes the connection, one way or the other. */
    public void expectClosed() {
        try {
            readToEof();
        } catch (UncheckedIOException e) {
            // Data that it had not read makes its close a reset.
        }
    }

    /** {@return the requests that have no END_REQUEST yet} */
    public List<Integer> unanswered() {
        return inbound.unanswered();
    }

    /** {@return whether every record so far has begun at a multiple of 8 bytes from the start of the connection} */
    public boolean aligned() {
        return inbound.aligned();
    }

    private static void await(Selector selector, long deadline, String otherwise) throws IOException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new AssertionError(otherwise);
        }
        selector.select(millis);
        selector.selectedKeys().clear();
    }
}
