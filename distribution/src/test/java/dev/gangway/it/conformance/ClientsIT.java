package dev.gangway.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.TempFolder;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.fcgi.client.transport.HttpClientTransportOverFCGI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that others have written talk to Gangway. */
class ClientsIT {
    private static final int LENGTH = 200_000;

    private static GangwayProcess gangway;

    @BeforeAll
    static void start() {
        gangway = GangwayProcess.start();
    }

    @AfterAll
    static void stop() {
        gangway.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cgiFcgi(boolean unix) {
        String address = unix
                ? gangway.unix().getPath().toString()
                : "127.0.0.1:" + gangway.tcp().getPort();
        Map<String, String> environment = Map.of(
                "REQUEST_METHOD", "GET",
                "REQUEST_URI", "/probe/echo/x%20y?q=1",
                "QUERY_STRING", "q=1",
                "SERVER_PROTOCOL", "HTTP/1.1");

        String output = run(environment, "cgi-fcgi", "-bind", "-connect", address);

        assertThat(output).startsWith("Status: 200").contains("\r\n\r\n").contains("/probe/echo/x%20y");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void perlNetFastcgi(boolean unix) throws Exception {
        String address = unix
                ? "unix:" + gangway.unix().getPath()
                : "tcp:127.0.0.1:" + gangway.tcp().getPort();
        try (TempFolder folder = TempFolder.create("perl");
                InputStream script = ClientsIT.class.getResourceAsStream("/conformance/client.pl")) {
            String client = folder.write("client.pl", new String(script.readAllBytes(), StandardCharsets.UTF_8))
                    .toString();

            String output = run(Map.of(), "perl", client, address);

            assertThat(output.lines().toList())
                    .satisfiesExactly(
                            line -> assertThat(line).isEqualTo("FCGI_GET_VALUES_RESULT 0: FCGI_MPXS_CONNS=1"),
                            line -> assertThat(line).isEqualTo("FCGI_UNKNOWN_TYPE 0: 99"),
                            line -> assertThat(line)
                                    .isEqualTo("request 7: status 200, " + LENGTH + " bytes, sum " + sum(bytes())
                                            + ", closed 1, appStatus 0, protocolStatus 0"),
                            line -> assertThat(line)
                                    .startsWith("request 65535: status 200, ")
                                    .endsWith(", closed 1, appStatus 0, protocolStatus 0"),
                            line -> assertThat(line)
                                    .startsWith("request 1: status 503, ")
                                    .endsWith(", closed 1, appStatus 0, protocolStatus 3"),
                            line -> assertThat(line).startsWith("request 1: status 404, "),
                            line -> assertThat(line).isEqualTo("then the end"));
        }
    }

    @Test
    void jettysOwnClient() throws Exception {
        HttpClient client = new HttpClient(new HttpClientTransportOverFCGI(""));
        client.start();
        try {
            String site = "http://127.0.0.1:" + gangway.tcp().getPort();
            ContentResponse bytes = client.GET(site + "/probe/bytes?n=" + LENGTH + "&seed=1");
            ContentResponse missing = client.GET(site + "/no/such/page");
            ContentResponse echo =
                    client.newRequest(site + "/probe/echo/x%20y?q=1").send();

            assertThat(bytes.getStatus()).isEqualTo(200);
            assertThat(bytes.getContent()).isEqualTo(bytes());
            assertThat(missing.getStatus()).isEqualTo(404);
            assertThat(echo.getContentAsString()).contains("/probe/echo/x");
        } finally {
            client.stop();
        }
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[LENGTH];
        new SplittableRandom(1).nextBytes(bytes);
        return bytes;
    }

    private static long sum(byte[] bytes) {
        long sum = 0;
        for (byte b : bytes) {
            sum += b & 0xFF;
        }
        return sum;
    }

    private static String run(Map<String, String> environment, String... command) {
        try (TempFolder folder = TempFolder.create("client");
                ChildProcess process =
                        ChildProcess.start(folder.resolve("client.log"), environment, List.of(command))) {
            assertThat(process.join()).as(process.log()).isZero();
            return process.log();
        }
    }
}
