package dev.gangway.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.TempFolder;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
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

    /** In a process of its own: the newest version that is served runs on no core but its own. */
    @Test
    void jettysOwnClient() throws Exception {
        try (TempFolder folder = TempFolder.create("jetty");
                InputStream source = ClientsIT.class.getResourceAsStream("/conformance/JettyClient.java")) {
            String client = folder.write("JettyClient.java", new String(source.readAllBytes(), StandardCharsets.UTF_8))
                    .toString();
            CRC32 sum = new CRC32();
            sum.update(bytes());

            String output = run(
                    Map.of(),
                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                    "-cp",
                    System.getProperty("gangway.jetty-fcgi-server") + "/*",
                    client,
                    "http://127.0.0.1:" + gangway.tcp().getPort(),
                    "/probe/bytes?n=" + LENGTH + "&seed=1",
                    "/no/such/page",
                    "/probe/echo/x?q=1");

            assertThat(output.lines().filter(line -> line.startsWith("/")))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .endsWith(": status 200, " + LENGTH + " bytes, checksum "
                                            + Long.toHexString(sum.getValue())),
                            line -> assertThat(line).startsWith("/no/such/page: status 404, "),
                            line -> assertThat(line).startsWith("/probe/echo/x?q=1: status 200, "));
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
