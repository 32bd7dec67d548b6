package dev.gangway.conformance;

import static dev.gangway.conformance.record.FcgiNumbers.GET_VALUES;
import static dev.gangway.conformance.record.FcgiNumbers.GET_VALUES_RESULT;
import static dev.gangway.conformance.record.FcgiNumbers.UNKNOWN_TYPE;

import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Pairs.Pair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A FastCGI application that answers by method, URI and length of the body; correct but for one fault. */
final class TinyApplication implements AutoCloseable {
    private final Fault fault;
    private final ServerSocket socket;
    private final Thread acceptor = new Thread(this::accept, "tiny application");
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    TinyApplication(Fault fault) throws IOException {
        this.fault = fault;
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        acceptor.start();
    }

    SocketAddress address() {
        return socket.getLocalSocketAddress();
    }

    boolean has(Fault other) {
        return fault == other;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                open.add(connection);
                new Thread(() -> serve(connection), "tiny connection").start();
            } catch (IOException e) {
                // Closed: the test is over.
            }
        }
    }

    private void serve(Socket connection) {
        try {
            new TinyConnection(this, connection).run();
        } catch (IOException e) {
            // The client has gone.
        }
        if (!has(Fault.LEAKS_CUT_CONNECTIONS)) {
            close(connection);
        }
    }

    private void close(Socket connection) {
        open.remove(connection);
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes no connection any more: as long as a thread accepts, the kernel does. */
    void die() {
        closeSocket();
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return the answer to a management record, or null for none} */
    FcgiRecord manage(FcgiRecord question) {
        if (question.type() != GET_VALUES) {
            byte[] type = {(byte) question.type(), 0, 0, 0, 0, 0, 0, 0};
            return has(Fault.NO_UNKNOWN_TYPE) ? null : FcgiRecord.of(UNKNOWN_TYPE, 0, type);
        }
        Map<String, String> known = Map.of(
                "FCGI_MAX_CONNS", has(Fault.NO_CONNECTIONS) ? "0" : "9", "FCGI_MAX_REQS", "9", "FCGI_MPXS_CONNS", "1");
        Pairs answer = Pairs.of();
        for (String name :
                Pairs.decode(question.content()).stream().map(Pair::name).collect(Collectors.toSet())) {
            if (known.containsKey(name) || has(Fault.ANSWERS_ANYTHING)) {
                answer = answer.and(name, known.getOrDefault(name, "?"));
            }
        }
        byte[] bytes = has(Fault.MALFORMED_VALUES) ? new byte[] {5, 5, 'x'} : answer.encode();
        return has(Fault.NO_GET_VALUES) ? null : FcgiRecord.of(GET_VALUES_RESULT, 0, bytes);
    }

    @Override
    public void close() {
        closeSocket();
        open.forEach(this::close);
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
