package dev.gangway.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sample in a browser by one command, without a web server. */
class DemoIT {
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void printsTheAddressAtWhichTheSampleIs() throws Exception {
        try (Command demo = Command.gangway("demo", "--http=0")) {
            URI address = printed(demo);
            assertThat(demo.err().lines())
                    .satisfiesExactly(
                            line -> assertThat(line).contains("/ serves ", "/demo/sample.war"),
                            line -> assertThat(line).contains(" started on Java "));

            HttpResponse<String> page = get(address);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("REQUEST_URI").contains("RESPONDER");
            assertThat(get(address.resolve("jsp")).statusCode()).isEqualTo(200);

            assertThat(demo.stop()).isZero();
            assertThat(demo.files()).containsExactly(demo.file("err.log"), demo.file("out.log"));
        }
    }

    @Test
    void eventsArriveOneByOne() throws Exception {
        try (Command demo = Command.gangway("demo", "--http=0")) {
            HttpRequest request = HttpRequest.newBuilder(printed(demo).resolve("stream/events"))
                    .build();

            try (Stream<String> lines =
                    client.send(request, BodyHandlers.ofLines()).body()) {
                assertThat(lines.filter(line -> line.startsWith("id:")).limit(3))
                        .hasSize(3);
            }

            // The page would stay open; who ends the demo does not wait for it.
            assertThat(demo.stop()).isZero();
        }
    }

    @Test
    void pageThatThrowsDoesNotHoldUpTheNextOne() throws Exception {
        try (Command demo = Command.gangway("demo", "--http=0")) {
            URI address = printed(demo);

            for (int i = 0; i < 4; i++) {
                assertThat(get(address.resolve("broken")).statusCode()).isEqualTo(500);
                assertThat(get(address.resolve("jsp")).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void takesTheNextPortIfTheUsualOneIsBusy() throws Exception {
        try (ServerSocket busy = occupy(8080);
                Command demo = Command.gangway("demo")) {
            URI address = printed(demo);

            assertThat(address.getPort()).isGreaterThan(8080);
            assertThat(get(address).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void portThatIsAskedForIsNotReplaced() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Command demo = Command.gangway("demo", "--http=" + busy.getLocalPort())) {
            assertThat(demo.await()).isEqualTo(1);
            assertThat(demo.err())
                    .isEqualTo("gangway: cannot listen on http://localhost:" + busy.getLocalPort()
                            + ": Address already in use\n");
        }
    }

    @Test
    void commandMayBeALinkOnThePath() throws Exception {
        try (TempFolder folder = TempFolder.create("links")) {
            Path link = Files.createSymbolicLink(
                    folder.resolve("gangway"), Installation.built().command());
            Path second = Files.createSymbolicLink(folder.resolve("gw"), link.getFileName());

            try (Command version = Command.start(builder -> {}, List.of(second.toString(), "--version"))) {
                assertThat(version.await()).isZero();
                assertThat(version.out()).startsWith("Gangway ");
            }
        }
    }

    private static ServerSocket occupy(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getByName("localhost"), port));
        } catch (BindException e) {
            // Somebody else has it, which serves as well.
        }
        return socket;
    }

    private static URI printed(Command demo) {
        String line = demo.awaitReady();
        assertThat(line).matches("Open http://localhost:\\d+/ in a browser\\. Ctrl-C ends the demo\\.");
        return URI.create(line.split(" ")[1]);
    }

    private HttpResponse<String> get(URI uri) throws Exception {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
