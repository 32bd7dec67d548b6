package dev.gangway.it.harness;

import dev.gangway.conformance.peer.Await;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client connection to a web server that sends what it is told, and may leave in the middle. */
public final class RawHttp implements AutoCloseable {
    /** What may lie between a connection and what is said. */
    public interface Layer {
        Socket over(Socket socket) throws IOException;
    }

    private static final int SMALL = 16 * 1024;

    private final int port;
    private final Layer layer;
    private Socket socket;
    private ResponseReader reader;
    private boolean serverCloses;

    public RawHttp(int port) {
        this(port, socket -> socket);
    }

    /** Talks through a layer on top of the socket: TLS. */
    public RawHttp(int port, Layer layer) {
        this.port = port;
        this.layer = layer;
        try {
            connect();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a request and reads the head of its response. The body of the one before must have been read; if that one
     * told that the server closes, the request goes out on a new connection.
     */
    public RawResponse exchange(RawRequest request) throws IOException {
        if (serverCloses) {
            socket.close();
            connect();
        }
        if (request.body() == null || request.body().length() <= SMALL) {
            request.writeTo(socket.getOutputStream());
        } else {
            // A server may answer before it has read all; then nobody empties our side of the connection.
            Thread sender = new Thread(() -> sendQuietly(request));
            sender.setDaemon(true);
            sender.start();
        }
        return receive(request);
    }

    /** {@return the whole answer to one request, on a connection of its own} */
    public static RawResponse once(int port, RawRequest request) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            RawResponse response = http.exchange(request);
            return new RawResponse(
                    response.status(),
                    response.reason(),
                    response.headers(),
                    new ByteArrayInputStream(response.bytes()));
        }
    }

    public void send(RawRequest request) throws IOException {
        request.writeTo(socket.getOutputStream());
    }

    /** Sends text, for what is not a well-formed request, or only a part of one. */
    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Has no more to send, but still reads. */
    public void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    public RawResponse receive(RawRequest request) throws IOException {
        RawResponse response = reader.read(request.method().equals("HEAD"));
        serverCloses = "close".equalsIgnoreCase(response.value("Connection"));
        return response;
    }

    /** The port of our side, which is the remote one for the servlet. */
    public int localPort() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void connect() throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        plain.setSoTimeout((int) Await.DEADLINE.toMillis());
        plain.setTcpNoDelay(true);
        socket = layer.over(plain);
        reader = new ResponseReader(new BufferedInputStream(socket.getInputStream(), 64 * 1024));
        serverCloses = false;
    }

    private void sendQuietly(RawRequest request) {
        try {
            send(request);
        } catch (IOException e) {
            // The response tells whether the server was right to stop reading.
        }
    }
}
