package dev.gangway.it.servers;

import static dev.gangway.conformance.record.FcgiNumbers.STDIN;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.record.Deframer;
import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.it.harness.Body;
import dev.gangway.it.harness.Documents;
import dev.gangway.it.harness.FreePort;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What web servers log when something is wrong, as the documents tell it to those who look for it. */
class LogLinesIT {
    private static final Pattern TABLE =
            Pattern.compile("<!-- log-lines-begin -->\\n(.*?)<!-- log-lines-end -->", Pattern.DOTALL);

    @ParameterizedTest
    @EnumSource
    void comes(LogLine line) throws IOException {
        try (TempFolder folder = TempFolder.create("log-lines")) {
            switch (line.cause()) {
                case NOBODY_LISTENS -> fails(line, at(FreePort.find()), RawRequest.get("/"));
                case NO_SOCKET -> fails(line, at(folder.resolve("app.sock")), RawRequest.get("/"));
                case NO_PERMISSION -> failsAtClosedSocket(line, folder.resolve("app.sock"));
                case HANGS_UP -> failsAt(line, Socket::close);
                case RESETS -> failsAt(line, LogLinesIT::reset);
                case SILENT -> failsAt(line, connection -> {});
                case LARGE_HEADER -> failsWithGangway(line, RawRequest.get("/probe/headers?count=1&size=10000"));
                case LARGE_UPLOAD ->
                    failsWithGangway(line, RawRequest.post("/probe/sink", Body.ofLength(2 * 1024 * 1024)));
            }
        }
    }

    @Test
    void areThoseOfTheDocuments() {
        Matcher table = TABLE.matcher(Documents.written().get(Path.of("docs", "troubleshooting.md")));

        assertThat(table.find()).isTrue();
        assertThat(table.group(1))
                .isEqualTo(Arrays.stream(LogLine.values())
                        .map(LogLine::row)
                        .collect(joining(
                                "", "| web server | its log | the client gets | why |\n|---|---|---|---|\n", "")));
    }

    private static Map<String, String> at(int port) {
        return Map.of("fcgi.port", Integer.toString(port));
    }

    private static Map<String, String> at(Path socket) {
        return Map.of("fcgi.socket", socket.toString());
    }

    private static void failsAtClosedSocket(LogLine line, Path socket) throws IOException {
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("---------"));
            fails(line, at(socket), RawRequest.get("/"));
        }
    }

    /** What a program does with a connection that it has accepted. */
    private interface Treatment {
        void of(Socket connection) throws IOException;
    }

    private static void failsAt(LogLine line, Treatment treatment) throws IOException {
        List<Socket> connections = new CopyOnWriteArrayList<>();
        try (ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread program = new Thread(() -> acceptAll(listening, connections, treatment));
            program.setDaemon(true);
            program.start();
            fails(line, at(listening.getLocalPort()), RawRequest.get("/"));
        } finally {
            for (Socket connection : connections) {
                connection.close();
            }
        }
    }

    private static void acceptAll(ServerSocket listening, List<Socket> connections, Treatment treatment) {
        while (!listening.isClosed()) {
            try {
                Socket connection = listening.accept();
                connections.add(connection);
                readRequest(connection.getInputStream());
                treatment.of(connection);
            } catch (IOException e) {
                // The test is over.
            }
        }
    }

    /** Up to the end of STDIN, so that the web server is waiting for the response. */
    private static void readRequest(InputStream in) throws IOException {
        Deframer records = new Deframer();
        byte[] bytes = new byte[8 * 1024];
        for (int n = in.read(bytes); n > 0; n = in.read(bytes)) {
            records.put(ByteBuffer.wrap(bytes, 0, n));
            for (FcgiRecord record = records.next(); record != null; record = records.next()) {
                if (record.type() == STDIN && record.content().length == 0) {
                    return;
                }
            }
        }
    }

    private static void reset(Socket connection) throws IOException {
        connection.setSoLinger(true, 0);
        connection.close();
    }

    private static void failsWithGangway(LogLine line, RawRequest request) throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start()) {
            fails(line, gangway.placeholders(), request);
        }
    }

    private static void fails(LogLine line, Map<String, String> application, RawRequest request) throws IOException {
        try (RunningServer server = RunningServer.start(line.server(), line.mode(), application);
                RawHttp http = new RawHttp(server.port())) {
            assertThat(http.exchange(request).status()).as(log(server)).isEqualTo(line.status());
            Await.until(line.text(), () -> log(server).contains(line.text()));
        }
    }

    /** Some have a file for it. */
    private static String log(RunningServer server) {
        return server.log() + (server.has("error.log") ? server.text("error.log") : "");
    }
}
