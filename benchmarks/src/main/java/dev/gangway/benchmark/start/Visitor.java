package dev.gangway.benchmark.start;

import dev.gangway.conformance.record.FcgiNumbers;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Asks a server for a page, once. */
interface Visitor {
    /** {@return whether the answer was good}; an exception, or false, if the server does not answer yet */
    boolean visit() throws IOException;

    /** As a browser does it. */
    record Http(int port, String path) implements Visitor {
        @Override
        public boolean visit() throws IOException {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                OutputStream out = socket.getOutputStream();
                out.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                return answer.startsWith("HTTP/1.1 200");
            }
        }
    }

    /** As a web server does it. */
    record FastCgi(Path socket, String path) implements Visitor {
        @Override
        public boolean visit() throws IOException {
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                ByteBuffer request = ByteBuffer.wrap(new Script()
                        .begin(1, FcgiNumbers.RESPONDER, 0)
                        .params(1, params())
                        .paramsEnd(1)
                        .stdinEnd(1)
                        .bytes());
                while (request.hasRemaining()) {
                    channel.write(request);
                }
                InputStream in = Channels.newInputStream(channel);
                String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                // Before the first header are those of a record. Without a status it is 200.
                return answer.contains("\r\n\r\n")
                        && answer.lines()
                                .takeWhile(line -> !line.isEmpty())
                                .noneMatch(line -> line.matches(".*Status: (?!200).*"));
            }
        }

        private Pairs params() {
            return Pairs.of(
                    "REQUEST_METHOD",
                    "GET",
                    "REQUEST_URI",
                    path,
                    "QUERY_STRING",
                    path.contains("?") ? path.substring(path.indexOf('?') + 1) : "",
                    "SERVER_PROTOCOL",
                    "HTTP/1.1",
                    "SERVER_NAME",
                    "localhost",
                    "SERVER_PORT",
                    "80",
                    "REMOTE_ADDR",
                    "127.0.0.1",
                    "HTTP_HOST",
                    "localhost");
        }
    }
}
