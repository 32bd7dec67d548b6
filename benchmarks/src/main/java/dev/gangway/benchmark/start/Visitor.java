package dev.gangway.benchmark.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks a server for a page, once. */
interface Visitor {
    /** {@return whether the answer was good}; an exception, or false, if the server does not answer yet */
    boolean visit() throws IOException;

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

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
                ByteBuffer request = ByteBuffer.allocate(2048);
                record(request, 1, new byte[] {0, 1, 0, 0, 0, 0, 0, 0});
                record(request, 4, params());
                record(request, 4, new byte[0]);
                record(request, 5, new byte[0]);
                request.flip();
                while (request.hasRemaining()) {
                    channel.write(request);
                }
                InputStream in = Channels.newInputStream(channel);
                String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                int begin = "header..".length();
                return answer.startsWith("Status: 200", begin) || answer.startsWith("Content-", begin);
            }
        }

        private byte[] params() {
            Map<String, String> params = new LinkedHashMap<>();
            params.put("REQUEST_METHOD", "GET");
            params.put("REQUEST_URI", path);
            params.put("QUERY_STRING", path.contains("?") ? path.substring(path.indexOf('?') + 1) : "");
            params.put("SERVER_PROTOCOL", "HTTP/1.1");
            params.put("SERVER_NAME", "localhost");
            params.put("SERVER_PORT", "80");
            params.put("REMOTE_ADDR", "127.0.0.1");
            params.put("HTTP_HOST", "localhost");
            ByteBuffer bytes = ByteBuffer.allocate(1024);
            // All are shorter than 128 bytes.
            params.forEach((name, value) -> bytes.put((byte) name.length())
                    .put((byte) value.length())
                    .put(name.getBytes(StandardCharsets.US_ASCII))
                    .put(value.getBytes(StandardCharsets.US_ASCII)));
            byte[] encoded = new byte[bytes.position()];
            bytes.flip().get(encoded);
            return encoded;
        }

        private static void record(ByteBuffer to, int type, byte[] content) {
            to.put((byte) 1)
                    .put((byte) type)
                    .putShort((short) 1)
                    .putShort((short) content.length)
                    .putShort((short) 0);
            to.put(content);
        }
    }
}
