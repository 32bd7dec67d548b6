package dev.gangway.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What one application does, the others do not notice: Errors at any moment of its life. */
class IsolationIT {
    private static TempFolder folder;
    private static FailingApplication ee8;
    private static FailingApplication ee11;
    private static Path apps;
    private static Command gangway;

    @BeforeAll
    static void start() throws IOException {
        folder = TempFolder.create("isolation");
        ee8 = FailingApplication.create(folder.resolve("ee8"), Environment.EE8);
        ee11 = FailingApplication.create(folder.resolve("ee11"), Environment.EE11);
        apps = Files.createDirectory(folder.resolve("webapps"));
        ee11.sound(apps.resolve("good.war"), "good");
        // Before the first and behind the last, in whatever order they come.
        ee11.failing(apps.resolve("a.war"), "1", "listener-start", "NoClassDefFoundError");
        ee8.failing(apps.resolve("z.war"), "1", "init", "StackOverflowError");
        gangway = Command.gangway("serve", apps.toString(), "--listen=unix:app.sock");
    }

    @AfterAll
    static void stop() {
        gangway.close();
        folder.close();
    }

    @Test
    void errorsAtTheStartDoNotKeepOthersFromService() {
        assertThat(gangway.awaitReady()).startsWith("gangway: ready, serving /good from " + apps + " on ");

        assertThat(get("/good/version").text()).isEqualTo("good");
        assertThat(get("/a/version").status()).isEqualTo(503);
        assertThat(get("/z/version").status()).isEqualTo(503);
        assertThat(errors("a.war"))
                .singleElement()
                .asString()
                .contains(
                        apps.resolve("a.war") + " does not start: java.lang.NoClassDefFoundError: org/foo/Bar",
                        "/a is unavailable until the file changes");
        assertThat(errors("z.war")).singleElement().asString().contains("java.lang.StackOverflowError");
    }

    @Test
    void versionsThatFailAtTheirStartAreReplacedByTheNext() throws IOException {
        List<Kind> kinds = List.of(
                new Kind(Environment.EE8, "listener-start", "NoClassDefFoundError"),
                new Kind(Environment.EE8, "filter-init", "StackOverflowError"),
                new Kind(Environment.EE8, "init", "ExceptionInInitializerError"),
                new Kind(Environment.EE11, "listener-start", "StackOverflowError"),
                new Kind(Environment.EE11, "filter-init", "NoClassDefFoundError"),
                new Kind(Environment.EE11, "init", "ExceptionInInitializerError"),
                new Kind(Environment.EE11, "listener-start", "thread"));
        List<Kind> stopping = kinds.subList(0, 3);
        List<Kind> goingOn = kinds.subList(3, kinds.size());
        for (Kind kind : stopping) {
            Files.writeString(apps.resolve(kind.name() + ".properties"), "redeploy = stop\n");
        }
        for (Kind kind : kinds) {
            kind.sound("one");
        }
        kinds.forEach(kind -> awaitVersion(kind.name(), "one"));

        for (Kind kind : kinds) {
            kind.failing("two");
        }
        kinds.forEach(kind -> awaitErrors(kind.name(), 1));
        stopping.forEach(kind -> awaitStatus(kind.name(), 503));
        goingOn.forEach(kind -> awaitVersion(kind.name(), "one"));
        for (Kind kind : kinds) {
            kind.failing("three");
        }
        kinds.forEach(kind -> awaitErrors(kind.name(), 2));
        for (Kind kind : kinds) {
            kind.sound("four");
        }
        kinds.forEach(kind -> awaitVersion(kind.name(), "four"));
        for (Kind kind : kinds) {
            Files.delete(kind.war());
        }
        kinds.forEach(kind -> awaitStatus(kind.name(), 404));
        assertThat(get("/good/version").text()).isEqualTo("good");
    }

    @Test
    void versionsThatFailAtTheirEndAreReplacedByTheNext() throws IOException {
        List<Kind> kinds = List.of(
                new Kind(Environment.EE8, "listener-end", "NoClassDefFoundError"),
                new Kind(Environment.EE8, "listener-end", "RuntimeException"),
                new Kind(Environment.EE8, "destroy", "StackOverflowError"),
                new Kind(Environment.EE8, "filter-destroy", "ExceptionInInitializerError"),
                new Kind(Environment.EE11, "listener-end", "StackOverflowError"),
                new Kind(Environment.EE11, "listener-end", "RuntimeException"),
                new Kind(Environment.EE11, "destroy", "NoClassDefFoundError"),
                new Kind(Environment.EE11, "filter-destroy", "ExceptionInInitializerError"));
        for (Kind kind : kinds) {
            kind.failing("one");
        }
        kinds.forEach(kind -> awaitVersion(kind.name(), "one"));
        for (Kind kind : kinds) {
            kind.failing("two");
        }
        kinds.forEach(kind -> awaitVersion(kind.name(), "two"));
        for (Kind kind : kinds) {
            String heard = "/" + kind.name() + " has heard of its end";
            Await.until(heard, () -> gangway.err().contains(heard));
            Files.delete(kind.war());
        }
        kinds.forEach(kind -> awaitStatus(kind.name(), 404));
        for (Kind kind : kinds) {
            kind.sound("three");
        }
        // Not the old archive, nor the old classes.
        kinds.forEach(kind -> awaitVersion(kind.name(), "three"));

        kinds.forEach(kind -> assertThat(errors(kind.name())).isEmpty());
        assertThat(gangway.err()).doesNotContain("Unknown bean", " stopped with an error");
    }

    @Test
    void unavailableApplicationSaysSoAndNoMore() throws IOException {
        FcgiResponse response = get("/a/version");

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.text()).isEqualTo("The application at /a is not available.\n");
    }

    @ParameterizedTest
    @EnumSource(names = {"EE8", "EE11"})
    void descriptorThatIsWrongIsToldWithItsReason(Environment environment) throws IOException {
        String name = "badxml-" + environment;
        String schema = environment.placeholders().get("schema");
        Webapp.of(environment.version())
                .with(
                        "WEB-INF/web.xml",
                        "<web-app xmlns='" + schema + "' version='" + environment.version() + "'><servlet></web-app>")
                .pack(apps.resolve(name + ".war"));

        awaitStatus(name, 503);
        awaitErrors(name, 1);
        assertThat(errors(name)).singleElement().asString().contains("does not start: ", "lineNumber: 1");
        assertThat(gangway.err()).doesNotContain("/" + name + " serves");
    }

    @Test
    void whatTheFileSystemRefusedIsTriedAgain() throws IOException {
        Path missing = folder.resolve("configuration");
        ee11.failing(apps.resolve("needy.war"), "served", "init", missing.toString());
        awaitStatus("needy", 503);
        awaitErrors("needy", 1);
        assertThat(errors("needy")).singleElement().asString().contains("is tried again until it works");

        Files.writeString(missing, "x");

        awaitVersion("needy", "served");
        assertThat(errors("needy")).hasSize(1);
    }

    /** As on a full disk; a limit is to be had without a disk. */
    @Test
    void fullDiskIsToldAndTriedAgain() throws IOException {
        Path few = Files.createDirectory(folder.resolve("few"));
        Webapp.of("6.1").with("big.txt", "0123456789".repeat(200_000)).pack(few.resolve("big.war"));
        Webapp.of("6.1").with("index.html", "small").pack(few.resolve("small.war"));
        List<String> limited = List.of("/bin/sh", "-c", "ulimit -S -f 2000; exec \"$@\"", "sh");
        try (Command command = Command.start(
                builder -> {}, Command.withGangway(limited, "serve", few.toString(), "--listen=unix:app.sock"))) {
            assertThat(command.awaitReady()).startsWith("gangway: ready, serving /small from ");
            assertThat(status(command, "/big/big.txt")).isEqualTo(503);
            assertThat(command.err())
                    .contains("big.war does not start: java.io.IOException: ", "is tried again until it works");

            new ProcessBuilder("prlimit", "--pid=" + command.pid(), "--fsize=unlimited")
                    .inheritIO()
                    .start()
                    .onExit()
                    .join();

            Await.until("there is room", () -> status(command, "/big/big.txt") == 200);
        }
    }

    /** Neither is heard of again, and whoever waits for them waits for a moment only. */
    @Test
    void applicationsThatHangDoNotKeepOthersFromService() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("hanging"));
        Path starting = ee11.failing(directory.resolve("a-starting.war"), "1", "init", "park");
        Path stopping = ee8.failing(directory.resolve("b-stopping.war"), "1", "listener-end", "park");
        Files.writeString(directory.resolve("b-stopping.properties"), "redeploy = stop\n");
        ee11.sound(directory.resolve("c.war"), "one");
        try (Command command = Command.gangway("serve", directory.toString(), "--listen=unix:app.sock")) {
            assertThat(command.awaitReady()).startsWith("gangway: ready, serving /b-stopping, /c from " + directory);
            assertThat(command.err()).contains("/a-starting (" + starting + ") is still starting after 30 s;");
            assertThat(status(command, "/a-starting/version")).isEqualTo(503);

            ee8.sound(stopping, "2");
            Await.until("the end has begun", () -> status(command, "/b-stopping/version") == 503);
            ee11.sound(directory.resolve("c.war"), "two");
            ee11.sound(directory.resolve("d.war"), "new");

            Await.until("c is replaced", () -> get(command, "/c/version").text().equals("two"));
            Await.until("d is there", () -> get(command, "/d/version").text().equals("new"));
            assertThat(command.err()).contains("/b-stopping (" + stopping + ") is still stopping after 30 s;");
            Files.delete(directory.resolve("c.war"));
            Await.until("c is gone", () -> status(command, "/c/version") == 404);
            assertThat(status(command, "/b-stopping/version")).isEqualTo(503);
            assertThat(command.stop()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "listener-start, NoClassDefFoundError",
        "listener-start, thread",
        "listener-start, hook",
        "init, StackOverflowError",
        "filter-init, ExceptionInInitializerError"
    })
    void runThatCannotStartSaysOneLineAndEnds(String moment, String manner) throws IOException {
        Path war = ee11.failing(folder.resolve(moment + "-" + manner + ".war"), "1", moment, manner);
        Path good = ee8.sound(folder.resolve("sound.war"), "1");
        try (Command command = Command.gangway("run", good.toString(), war.toString(), "--listen=unix:app.sock")) {
            assertThat(command.await()).isEqualTo(1);

            assertThat(command.err().lines().filter(line -> line.startsWith("gangway: ")))
                    .singleElement()
                    .asString()
                    .startsWith("gangway: " + war + " failed to start at /" + moment + "-" + manner + ": java.lang.");
            assertThat(command.err()).doesNotContain("Exception in thread");
            assertThat(command.files()).containsExactly(command.file("err.log"), command.file("out.log"));
        }
    }

    @Test
    void runThatCannotReadTheDescriptorSaysWhy() throws IOException {
        Path war = folder.resolve("badxml.war");
        Webapp.of("6.1").with("WEB-INF/web.xml", "<web-app><servlet></web-app>").pack(war);
        try (Command command = Command.gangway("run", war.toString(), "--listen=unix:app.sock")) {
            assertThat(command.await()).isEqualTo(1);

            assertThat(command.err().lines().filter(line -> line.startsWith("gangway: ")))
                    .singleElement()
                    .asString()
                    .contains("badxml.war failed to start at /badxml: ", "lineNumber: 1");
            assertThat(command.err()).doesNotContain("OP_ACCEPT");
        }
    }

    /** The other application does not let go, and the reason is told all the same. */
    @Test
    void runThatCannotStartDoesNotWaitForTheOthers() throws IOException {
        Path good = ee11.failing(folder.resolve("lasting.war"), "1", "listener-end", "park");
        Path war = ee11.failing(folder.resolve("failing.war"), "1", "init", "NoClassDefFoundError");
        try (Command command = Command.gangway("run", good.toString(), war.toString(), "--listen=unix:app.sock")) {
            assertThat(command.await()).isEqualTo(1);

            assertThat(command.err()).contains("gangway: " + war + " failed to start at /failing: ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EE8, listener-end, NoClassDefFoundError",
        "EE8, destroy, StackOverflowError",
        "EE11, listener-end, RuntimeException",
        "EE11, filter-destroy, ExceptionInInitializerError"
    })
    void errorAtTheEndOfARunIsTold(Environment environment, String moment, String manner) throws IOException {
        Path war = application(environment).failing(folder.resolve("ending-" + moment + ".war"), "1", moment, manner);
        try (Command command = Command.gangway("run", war.toString(), "--listen=unix:app.sock")) {
            command.awaitReady();

            assertThat(command.stop()).isZero();
            assertThat(command.err())
                    .contains(" failed at the end", "/ending-" + moment + " has heard of its end", "Stopped");
            assertThat(command.err()).doesNotContain("Stopped with an error", "Exception in thread");
            assertThat(command.files()).containsExactly(command.file("err.log"), command.file("out.log"));
        }
    }

    /** An application of an environment that fails at a moment of its life, in a certain manner. */
    private record Kind(Environment environment, String moment, String manner) {
        String name() {
            return environment + "-" + moment + "-" + manner;
        }

        Path war() {
            return apps.resolve(name() + ".war");
        }

        void sound(String version) throws IOException {
            application(environment).sound(war(), version);
        }

        void failing(String version) throws IOException {
            application(environment).failing(war(), version, moment, manner);
        }
    }

    private static FailingApplication application(Environment environment) {
        return environment == Environment.EE8 ? ee8 : ee11;
    }

    private static List<String> errors(String name) {
        return gangway.err()
                .lines()
                .filter(line -> line.contains("ERROR") && line.contains("/" + name))
                .toList();
    }

    private static void awaitErrors(String name, int count) {
        Await.until("the log says it of " + name, () -> errors(name).size() == count);
    }

    /** A static file and a servlet. */
    private static void awaitVersion(String name, String version) {
        Await.until(
                name + " is " + version,
                () -> get("/" + name + "/version").text().equals(version));
        assertThat(get("/" + name + "/number.txt").text()).isEqualTo(version);
    }

    private static void awaitStatus(String name, int status) {
        Await.until(
                name + " has status " + status,
                () -> get("/" + name + "/version").status() == status);
    }

    private static FcgiResponse get(String path) {
        gangway.awaitReady();
        return get(gangway, path);
    }

    private static int status(Command command, String path) {
        return get(command, path).status();
    }

    private static FcgiResponse get(Command command, String path) {
        try (Peer peer = Peer.connect(UnixDomainSocketAddress.of(command.file("app.sock")))) {
            return peer.get(1, 0, path).response(1);
        }
    }
}
