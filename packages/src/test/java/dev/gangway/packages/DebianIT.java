package dev.gangway.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.Documents;
import dev.gangway.it.harness.FreePort;
import dev.gangway.it.harness.Installation;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The package for Debian, in a system of its own, by the commands of its page. */
class DebianIT {
    /** What differs between two looks at a system, whatever has happened. */
    private static final String[] VOLATILE = {
        "/proc",
        "/sys",
        "/dev",
        "/run",
        "/tmp",
        "/root",
        "/mnt",
        "/var/cache/apt",
        "/var/lib/apt",
        "/var/lib/logrotate",
        "/var/lib/nginx",
        "/var/lib/systemd",
        "/var/log/apt",
        "/var/log/dpkg.log",
        "/var/log/journal"
    };

    private static final List<String> COMMANDS =
            Documents.blocksOf(Documents.written().get(Path.of("docs", "packages.md")), "sh");
    private static final String INSTALL = COMMANDS.get(0);
    private static final String DEPLOY = COMMANDS.get(1);
    private static final String CONFIGURE_NGINX = COMMANDS.get(2);
    private static final String ASK = COMMANDS.get(3);
    private static final String UPDATE = COMMANDS.get(4);

    private static DebianSystem system;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = FreePort.find();
    private SortedSet<String> before;

    @BeforeAll
    static void create() throws IOException {
        system = DebianSystem.create("nginx", "default-jre-headless", "adduser", "systemd-sysv", "curl", "logrotate");
        system.run("systemctl disable nginx");
        Files.copy(built(), system.file("/root").resolve(built().getFileName()));
        Files.copy(Installation.built().sampleWar(), system.file("/root/shop.war"));
    }

    @AfterAll
    static void remove() {
        system.close();
    }

    @BeforeEach
    void look() throws IOException {
        assertThat(system.file("/etc/gangway")).as("another test has failed").doesNotExist();
        before = system.files(VOLATILE);
    }

    @Test
    void servesBehindNginxWithoutARunningInit() {
        String serve =
                """
                install -d -o gangway -g www-data -m 750 /run/gangway
                setpriv --reuid gangway --regid www-data --init-groups env --chdir / \\
                    gangway serve --config /etc/gangway/gangway.properties --listen unix:/run/gangway/app.sock &
                """;
        String ask = "until " + onPort(ASK.strip()).replace("curl", "curl -fsS") + "; do sleep 0.5; done\n";

        String page = system.run(INSTALL + serve + DEPLOY + onPort(CONFIGURE_NGINX) + ask);

        assertThat(page).contains("Gangway");
        assertNothingIsLeft();
    }

    @Test
    void isInstalledAlsoWhereNoClassArchiveCanBeMade() {
        String output =
                system.run("java=$(readlink /etc/alternatives/java); ln -sfn /bin/false /etc/alternatives/java\n"
                        + INSTALL + "ln -sfn $java /etc/alternatives/java\n");

        assertThat(output).contains("gangway: no class archive could be made now");
        assertThat(system.run("gangway --version")).startsWith("Gangway ");
        assertNothingIsLeft();
    }

    @Test
    void isUpdatedUnderLoadAndRemoved() throws Exception {
        system.boot();
        try {
            system.run(INSTALL + DEPLOY + onPort(CONFIGURE_NGINX));
            awaitPage("/shop/", "Gangway");
            assertThat(commandLine()).contains("-XX:SharedArchiveFile=/usr/lib/gangway/");
            assertThat(system.run(onPort(ASK))).contains("Gangway");
            assertThat(system.run(
                            "gangway check serve --config /etc/gangway/gangway.properties --listen tcp:127.0.0.1:0"))
                    .endsWith("It would start.\n");
            system.run("echo '# mine' >>/etc/gangway/gangway.properties");
            buildNextVersion();

            try (Load load = Load.on(uri("/shop/"))) {
                awaitMore(load);
                system.run("mv gangway_[!9]*.deb first.deb; dpkg --unpack gangway_9_all.deb");
                assertOldVersionIsUnharmed();
                system.run("dpkg --configure gangway");
                awaitMore(load);
                load.close();
                assertThat(load.failures()).isEmpty();
            }
            awaitPage("/other/", "other");
            assertThat(commandLine()).contains("-Dgangway.home=/usr/lib/gangway/9-");
            assertThat(system.run("ls /usr/lib/gangway").lines()).hasSize(2).contains("current");
            assertThat(commandLine()).contains("-XX:SharedArchiveFile=/usr/lib/gangway/9-");
            assertThat(system.run("tail -1 /etc/gangway/gangway.properties")).isEqualTo("# mine\n");

            goBack();

            system.run("apt-get remove -y gangway");
            assertThat(status("/shop/")).isEqualTo(502);
            assertThat(system.file("/etc/gangway/gangway.properties")).exists();
            assertThat(system.file("/var/lib/gangway/webapps/shop.war")).exists();
            assertNothingIsLeft();
        } finally {
            system.halt();
        }
    }

    @Test
    void servicesAreStartedAgainAsTheirUnitsSay() {
        system.boot();
        try {
            system.run(INSTALL + DEPLOY + onPort(CONFIGURE_NGINX));
            awaitPage("/shop/", "Gangway");

            String log = "/var/log/gangway/access.log";
            Await.until("an access log", () -> system.run("cat " + log).contains("GET /shop/"));
            system.run("logrotate --force /etc/logrotate.d/gangway");
            Await.until(
                    "a new access log",
                    () -> get("/shop/").statusCode() == 200
                            && system.run("cat " + log + " || true").contains("GET /shop/"));
            assertThat(system.run("stat -c %U:%G:%a " + log + " " + log + ".1"))
                    .isEqualTo("gangway:gangway:640\ngangway:gangway:640\n");

            system.run("systemctl kill --signal=KILL gangway");
            awaitPage("/shop/", "Gangway");

            system.run("systemctl stop gangway 2>&1");
            assertThat(get("/shop/").body()).as("started by the request").contains("Gangway");

            system.run("cp shop.war /srv/; echo 'app = /other=/srv/shop.war' >/etc/gangway/other.properties");
            system.run("systemctl enable --now gangway@other 2>&1");
            awaitJournal("gangway@other", "serving /other on fd:0 (unix:/run/gangway/other.sock)");

            system.run("echo 'listen = unix:/run/gangway/app.sock' >>/etc/gangway/gangway.properties");
            system.run("systemctl start gangway-standalone");
            awaitPage("/shop/", "Gangway");
            assertThat(system.run("stat -c %G:%a /run/gangway/app.sock")).isEqualTo("www-data:660\n");
            assertThat(system.run("systemctl is-active gangway.socket || true")).isEqualTo("inactive\n");

            system.run("echo 'lisen = fd:0' >>/etc/gangway/gangway.properties");
            system.run("systemctl restart gangway-standalone");
            Await.until("it has ended", () -> property("SubState").equals("failed"));
            assertThat(property("ExecMainStatus")).isEqualTo("2");
            assertThat(property("NRestarts")).isEqualTo("0");

            system.run("rm /srv/shop.war");
            assertNothingIsLeft();
        } finally {
            system.halt();
        }
    }

    private static String commandLine() {
        return system.run("tr '\\0' ' ' </proc/$(systemctl show --property=MainPID --value gangway)/cmdline");
    }

    private static String property(String name) {
        return system.run("systemctl show --value --property=" + name + " gangway-standalone")
                .strip();
    }

    private static void awaitJournal(String unit, String text) {
        Await.until(
                text, () -> system.run("journalctl --no-pager --unit=" + unit).contains(text));
    }

    private void goBack() throws InterruptedException {
        try (Load load = Load.on(uri("/shop/"))) {
            awaitMore(load);
            system.run("mv gangway_9_all.deb next.deb; mv first.deb gangway_1_all.deb\n"
                    + UPDATE.replace("install", "install -y --allow-downgrades"));
            awaitMore(load);
            load.close();
            assertThat(load.failures()).isEmpty();
        }
        assertThat(system.run("readlink /usr/lib/gangway/current")).doesNotStartWith("9-");
    }

    /** Other names of all libraries: what still runs from the package's own files finds none. */
    private static void buildNextVersion() {
        system.run(
                """
                dpkg-deb --raw-extract gangway_*_all.deb next
                sed -i 's/^Version: .*/Version: 9/' next/DEBIAN/control
                sed -i 's|\\(usr/share/gangway/lib/.*\\)[.]jar$|\\1-9.jar|' next/DEBIAN/md5sums
                for jar in next/usr/share/gangway/lib/*/*.jar; do mv "$jar" "${jar%.jar}-9.jar"; done
                dpkg-deb --root-owner-group -Zgzip -z1 --build next gangway_9_all.deb
                rm -r next
                """);
    }

    /** It can load what it has not needed before. */
    private void assertOldVersionIsUnharmed() throws IOException, InterruptedException {
        try (OutputStream out = Files.newOutputStream(system.file("/root/other.war"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            entry(zip, "WEB-INF/web.xml", "<web-app xmlns='http://xmlns.jcp.org/xml/ns/javaee' version='3.0'/>");
            entry(zip, "index.jsp", "<%= \"other\" %>");
        }
        system.run("mv other.war /var/lib/gangway/webapps/");
        awaitPage("/other/", "other");
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void assertNothingIsLeft() {
        system.run("apt-get purge -y gangway");

        SortedSet<String> after = system.files(VOLATILE);
        assertThat(difference(after, before)).as("left").isEmpty();
        assertThat(difference(before, after)).as("missing").isEmpty();
        assertThat(system.run("grep -l gangway /etc/passwd /etc/group /etc/shadow || true"))
                .isEmpty();
    }

    private static SortedSet<String> difference(SortedSet<String> files, SortedSet<String> others) {
        SortedSet<String> difference = new TreeSet<>(files);
        difference.removeAll(others);
        return difference;
    }

    private String onPort(String commands) {
        return commands.replace("listen 80", "listen 127.0.0.1:" + port).replace("localhost", "127.0.0.1:" + port);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private void awaitPage(String path, String text) {
        Await.until(path + " answers", () -> get(path).body().contains(text));
    }

    private static void awaitMore(Load load) {
        int wanted = load.answers() + 100;
        Await.until("requests are answered", () -> load.answers() > wanted);
    }

    private int status(String path) {
        return get(path).statusCode();
    }

    private HttpResponse<String> get(String path) {
        try {
            return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static Path built() throws IOException {
        Path folder = Path.of(System.getProperty("gangway.packages"));
        try (DirectoryStream<Path> packages = Files.newDirectoryStream(folder, "gangway_*_all.deb")) {
            return packages.iterator().next();
        }
    }
}
