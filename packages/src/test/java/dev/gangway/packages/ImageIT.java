package dev.gangway.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.Documents;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The image, by the commands of its page, and a web server of the machine that finds it by the volume. */
@EnabledIfSystemProperty(named = "gangway.image", matches = ".+", disabledReason = "only with -Pimage or ./test --full")
class ImageIT {
    private static final List<String> COMMANDS =
            Documents.blocksOf(Documents.written().get(Path.of("docs", "containers.md")), "sh");
    private static final String LOAD = COMMANDS.get(1);
    private static final String RUN = COMMANDS.get(2);
    private static final String CHECK = COMMANDS.get(3);
    private static final String REPLACE = COMMANDS.get(4);

    /** What applications elsewhere find in Java, and what a runtime of too few parts lacks. */
    private static final String NEEDS =
            """
            <%@ page import="java.awt.image.BufferedImage, java.io.*, java.security.*, javax.net.ssl.*" %>
            <%
                BufferedImage image = new BufferedImage(200, 50, BufferedImage.TYPE_INT_RGB);
                image.createGraphics().drawString("text", 10, 40);
                int drawn = 0;
                for (int x = 0; x < 200; x++)
                    for (int y = 0; y < 50; y++)
                        if ((image.getRGB(x, y) & 0xffffff) != 0) drawn++;
                for (String type : new String[] {"png", "jpeg"})
                    if (!javax.imageio.ImageIO.write(image, type, new ByteArrayOutputStream())) out.print("no " + type);
                TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trust.init((KeyStore) null);
                int issuers = ((X509TrustManager) trust.getTrustManagers()[0]).getAcceptedIssuers().length;
                KeyPairGenerator.getInstance("EC").generateKeyPair();
                new javax.naming.InitialContext();
                java.nio.charset.Charset.forName("Big5");
                String month = java.time.Month.MAY.getDisplayName(
                    java.time.format.TextStyle.FULL, java.util.Locale.forLanguageTag("cs"));
                File scratch = File.createTempFile("scratch", null);
            %>
            drawn <%= drawn > 20 %>, trusted <%= issuers > 50 %>, <%= month %>, <%= scratch.delete() %>,
            <%= java.net.InetAddress.getByName("localhost").isLoopbackAddress() %>,
            <%= System.getProperty("user.name") %>, <%= System.getProperty("file.encoding") %>
            """;

    private static Podman podman;
    private static TempFolder folder;

    @BeforeAll
    static void load() throws IOException {
        folder = TempFolder.create("image");
        podman = new Podman();
        Path webapps = Files.createDirectory(folder.resolve("webapps"));
        Files.copy(Installation.built().sampleWar(), webapps.resolve("shop.war"));
        writeApplication(webapps.resolve("needs.war"));
        podman.run("cd " + System.getProperty("gangway.packages") + "\n" + here(LOAD));
    }

    @AfterAll
    static void remove() {
        podman.close();
        folder.close();
    }

    @Test
    void servesBehindNginxFromAReadOnlyContainer() throws Exception {
        podman.run(here(RUN));
        Await.until("it is healthy", () -> podman.status(here(CHECK)) == 0);

        Path socket = podman.volume("gangway-sockets").resolve("app.sock");
        try (RunningServer nginx =
                RunningServer.start(WebServer.NGINX, "unix", Map.of("fcgi.socket", socket.toString()))) {
            assertThat(get(nginx, "/shop/").text()).contains("Gangway");
            assertThat(get(nginx, "/needs/").text().replaceAll("\\s+", " "))
                    .contains("drawn true, trusted true, května, true, true, gangway, UTF-8");
            assertProcessIsConfined();
            assertClassArchiveIsUsed();

            try (Load load = Load.on(URI.create("http://127.0.0.1:" + nginx.port() + "/shop/"))) {
                podman.run(here(REPLACE));
                int answers = load.answers();
                Await.until("the new one answers", () -> load.answers() > answers + 100);
                load.close();
                assertThat(load.failures()).isEmpty();
            }
        }

        podman.run("podman stop gangway");
        assertThat(podman.run("podman inspect --format '{{.State.ExitCode}}' gangway"))
                .isEqualTo("0\n");
        assertThat(socket).doesNotExist();
    }

    private static void assertProcessIsConfined() {
        assertThat(podman.run("podman exec gangway grep -E '^(Uid|Gid)' /proc/1/status")
                        .replaceAll("\\s+", " "))
                .isEqualTo("Uid: 10001 10001 10001 10001 Gid: 33 33 33 33 ");
        for (String place : List.of("/", "/opt/gangway", "/var/lib/gangway", "/var/lib/gangway/webapps", "/etc")) {
            assertThat(podman.status("podman exec gangway touch " + place + "/x"))
                    .as(place)
                    .isNotZero();
        }
        // What the image brings along; there is no "find" in it.
        String files = "find $(podman mount gangway) -xdev ! -type l ";
        assertThat(podman.run(files + "-perm /6000")).isEmpty();
        assertThat(podman.run(files + "-perm /022 ! -path '*/tmp'")).isEmpty();
    }

    private static void assertClassArchiveIsUsed() {
        assertThat(podman.run("podman exec gangway cat /proc/1/maps"))
                .contains("/opt/gangway/cache/classes-", "/opt/java/lib/server/classes.jsa");
    }

    /** For those that look for packages with known faults, and for lawyers. */
    @Test
    void tellsWhatItIsMadeOf() {
        String list = podman.run(here("podman run --rm --entrypoint ls gangway:VERSION -1 /var/lib/dpkg/status.d"));
        assertThat(list.lines()).contains("libc6", "libstdc++6", "perl-base").doesNotContain("apt");
        assertThat(podman.run(here("podman run --rm --entrypoint ls gangway:VERSION /usr/share/doc/libc6")))
                .isEqualTo("copyright\n");
        assertThat(podman.run(here("podman run --rm gangway:VERSION --version")))
                .startsWith("Gangway " + version() + "\n");
        assertThat(podman.run(here("podman run --rm gangway:VERSION check serve --config"
                        + " /etc/gangway/gangway.properties --listen tcp:127.0.0.1:0")))
                .endsWith("It would start.\n");
    }

    private static RawResponse get(RunningServer server, String path) throws IOException {
        RawResponse response = RawHttp.once(server.port(), RawRequest.get(path));
        assertThat(response.status()).as(path).isEqualTo(200);
        return response;
    }

    private static String here(String commands) {
        return commands.replace("VERSION", version())
                .replace("/srv/webapps", folder.resolve("webapps").toString());
    }

    private static String version() {
        return System.getProperty("gangway.image");
    }

    private static void writeApplication(Path war) throws IOException {
        try (OutputStream out = Files.newOutputStream(war);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("WEB-INF/web.xml"));
            zip.write("<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.0'/>"
                    .getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("index.jsp"));
            zip.write(NEEDS.getBytes(StandardCharsets.UTF_8));
        }
    }
}
