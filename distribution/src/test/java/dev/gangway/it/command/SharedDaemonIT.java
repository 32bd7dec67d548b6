package dev.gangway.it.command;

import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static dev.gangway.it.command.SharedRun.SAMPLE;
import static dev.gangway.it.command.SharedRun.peer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon that {@code gangway fcgid} processes share: how it is started, how it lives, and how it ends. */
class SharedDaemonIT {
    private static final int STORM = 32;

    private SharedRun shared;

    @BeforeEach
    void open() {
        shared = new SharedRun();
    }

    @AfterEach
    void close() {
        shared.close();
    }

    @Test
    void stormOfStartsMakesOneDaemon() throws Exception {
        List<Command> relays = new ArrayList<>();
        try {
            for (int i = 0; i < STORM; i++) {
                relays.add(shared.relay(Map.of(), SAMPLE));
            }

            List<Callable<FcgiResponse>> clients = relays.stream()
                    .map(relay -> (Callable<FcgiResponse>) () -> get(relay, "/sample/probe/status?body=served"))
                    .toList();
            for (FcgiResponse response : inParallel(clients)) {
                assertThat(response).hasStatus(200).hasBody("served");
            }

            assertThat(shared.daemons().running()).hasSize(1);
            assertThat(shared.daemons().text(".log")).containsOnlyOnce("started on Java");
            assertThat(relays).allSatisfy(relay -> assertThat(relay.err()).isEmpty());
        } finally {
            relays.forEach(Command::close);
        }
    }

    @Test
    void isOutOfTheReachOfTheWebServer() throws IOException {
        List<String> leaky = List.of("/bin/bash", "-c", "exec 7>leaked 10>leaked; exec \"$@\"", "bash");
        List<String> launcher = new ArrayList<>(List.of("/usr/bin/spawn-fcgi", "-n", "-s", "app.sock", "--"));
        launcher.addAll(leaky);
        try (Command relay = shared.relay(launcher, Map.of(), SAMPLE)) {
            assertServes(relay);

            ProcessHandle daemon = shared.daemon();
            assertThat(session(daemon)).isEqualTo(daemon.pid());
            assertThat(descriptors(daemon)).noneMatch(target -> target.endsWith("leaked"));
            assertThat(Files.readSymbolicLink(Path.of("/proc/" + daemon.pid() + "/fd/0")))
                    .isEqualTo(Path.of("/dev/null"));
            assertThat(Files.getPosixFilePermissions(shared.directory()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** As Tomcat's start script has it. */
    @Test
    void classesOfTheJdkAreOpenToApplications() throws IOException {
        Path directory = Files.createDirectory(shared.folder().resolve("opens"));
        Webapp.reflecting().unpack(directory);
        try (Command relay = shared.relay(Map.of(), "/sample=" + directory)) {
            assertThat(get(relay, "/sample/reflect.jsp")).hasStatus(200).hasBody("open");
        }
    }

    @Test
    void endsWhenIdleAndIsStartedAgain() throws IOException {
        try (Command relay = shared.relay(Map.of(), SAMPLE, "--idle-exit=1")) {
            assertServes(relay);
            Await.until("it has ended", () -> shared.daemons().running().isEmpty());
            assertThat(shared.daemons().text(".log")).containsSubsequence("Ending: no request for 1 s", "Stopped");

            assertServes(relay);
        }
    }

    @Test
    void endOfOneDaemonLosesNoRequest() throws Exception {
        try (Command relay = shared.relay(Map.of(), SAMPLE, "--max-requests=8")) {
            Callable<Void> client = () -> {
                for (int i = 0; i < 6; i++) {
                    assertServes(relay);
                }
                return null;
            };

            inParallel(List.of(client, client, client, client));

            assertThat(relay.err()).isEmpty();
        }
    }

    @Test
    void missingApplicationIsToldAndNotTriedAgainAtOnce(@TempDir Path folder) throws IOException {
        Path war = folder.resolve("app.war");
        try (Command relay = shared.relay(Map.of(), "/sample=" + war)) {
            assertServesNothing(relay);
            assertServesNothing(relay);

            assertThat(relay.err().lines())
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .startsWith("gangway: there is no " + war + " (log: " + shared.directory()),
                            second -> assertThat(second)
                                    .matches("gangway: not tried again for [1-5] s: there is no " + war));

            Files.createSymbolicLink(war, Path.of(SAMPLE));
            Await.until("it is served now", () -> {
                try (Peer peer = peer(relay)) {
                    return peer.get(1, 0, "/sample/probe/headers").response(1).status() == 200;
                } catch (AssertionError | UncheckedIOException e) {
                    return false;
                }
            });
        }
    }

    @Test
    void startThatHangsIsEndedAndNobodyIsLeftWaiting(@TempDir Path folder) throws IOException {
        Path war = folder.resolve("app.war");
        Webapp.starting(Long.MAX_VALUE).pack(war);
        List<Command> requests = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                requests.add(request(war, "30"));
            }
            // Who starts the daemon, reads what it says, and looks at the clock; and somebody who waits for them.
            Await.until("some wait", () -> shared.daemons().starts().size() > 3);
            // As a web server does that waits no longer.
            requests.forEach(request -> request.signal("KILL"));
            Await.until(
                    "the others have given up", () -> shared.daemons().starts().size() <= 3);

            Await.until("it has been ended", () -> shared.daemons().running().isEmpty());
            Await.until("nothing is left", () -> shared.daemons().starts().isEmpty());
            assertThat(shared.daemons().text(".state")).matches("failed \\d+ not ready within 30 s, .*\n");
            assertThat(requests.stream().map(Command::err))
                    .filteredOn(err -> !err.isEmpty())
                    .singleElement()
                    .asString()
                    .startsWith("gangway: not ready within 30 s, and ended therefore (GANGWAY_START_TIMEOUT) (log: ");
        } finally {
            requests.forEach(Command::close);
        }
    }

    /** {@return a CGI program with a request, which leads nobody but itself} */
    private Command request(Path war, String startTimeout) {
        return request(Map.of("GANGWAY_START_TIMEOUT", startTimeout), "/app/", war.toString());
    }

    private Command request(Map<String, String> environment, String uri, String... arguments) {
        List<String> words = new ArrayList<>(List.of("cgi"));
        words.addAll(List.of(arguments));
        return Command.start(
                builder -> {
                    builder.environment().putAll(shared.environment());
                    builder.environment().putAll(environment);
                    builder.environment()
                            .putAll(Map.of(
                                    "GATEWAY_INTERFACE", "CGI/1.1",
                                    "REQUEST_METHOD", "GET",
                                    "REQUEST_URI", uri));
                },
                Command.withGangway(List.of(), words.toArray(String[]::new)));
    }

    /** That of a CGI program is a request, and only what is no part of any reaches the daemon. */
    @Test
    void configurationRefersToTheEnvironmentOfWhoStartsIt() throws IOException {
        Map<String, String> environment = Map.of("HTTP_SHOP", "shop", "TZ", "UTC");
        Path configuration =
                shared.folder().write("app.properties", "context-path = /${env:HTTP_SHOP:-absent}-${env:TZ:-absent}\n");
        String page = "/probe/status?body=served";

        try (Command request =
                request(environment, "/absent-UTC" + page, SAMPLE, "--config=" + configuration, "--max-requests=1")) {
            assertThat(request.await()).isZero();
            assertThat(request.out()).startsWith("Status: 200").endsWith("served");
        }
        try (Command relay = shared.relay(environment, SAMPLE, "--config=" + configuration)) {
            assertThat(get(relay, "/shop-UTC" + page)).hasStatus(200).hasBody("served");
        }
    }

    @Test
    void timeOfTheStartMustBeANumber() throws IOException {
        try (Command relay = shared.relay(Map.of("GANGWAY_START_TIMEOUT", "5m"), SAMPLE)) {
            assertServesNothing(relay);

            assertThat(relay.err()).isEqualTo("gangway: GANGWAY_START_TIMEOUT is '5m', want a number of seconds\n");
        }
    }

    @Test
    void isListedAndStoppedByCommand() throws IOException {
        try (Command one = shared.relay(Map.of(), SAMPLE);
                Command two = shared.relay(Map.of(), SAMPLE, "/two=" + SAMPLE)) {
            assertServes(one);
            long pid = shared.daemon().pid();
            assertServes(two);

            assertThat(told("status", SAMPLE)).isEqualTo("gangway: daemon " + pid + " serves " + SAMPLE + "\n");
            assertThat(told("status")).hasLineCount(2).contains("serves " + SAMPLE + " /two=" + SAMPLE + "\n");
            assertNoneIsMeant("stop", Path.of(SAMPLE).getFileName().toString());

            assertThat(told("stop", SAMPLE))
                    .isEqualTo("gangway: daemon " + pid + " is asked to stop: " + SAMPLE + "\n");
            assertThat(shared.daemon().pid()).isNotEqualTo(pid);

            assertThat(told("stop")).hasLineCount(1);
            assertThat(shared.daemons().running()).isEmpty();
            try (Command status = command("status")) {
                assertThat(status.await()).isEqualTo(1);
                assertThat(status.err())
                        .isEqualTo("gangway: no daemon runs with a socket in " + shared.directory() + "\n");
            }
            assertServes(one);
        }
    }

    /** A file that is named from its directory is no more than that one either. */
    private void assertNoneIsMeant(String... words) {
        try (Command command = Command.start(
                builder -> {
                    builder.environment().putAll(shared.environment());
                    builder.directory(Path.of(SAMPLE).getParent().toFile());
                },
                Command.withGangway(List.of(), words))) {
            assertThat(command.await()).isEqualTo(1);
            assertThat(command.err()).startsWith("gangway: no daemon runs");
        }
    }

    private String told(String... words) {
        try (Command command = command(words)) {
            assertThat(command.await()).as(command.err()).isZero();
            return command.out();
        }
    }

    private Command command(String... words) {
        return Command.start(
                builder -> builder.environment().putAll(shared.environment()), Command.withGangway(List.of(), words));
    }

    @Test
    void whatRemovesOldFilesLeavesItAlone() throws Exception {
        try (Command relay = shared.relay(Map.of("GANGWAY_JAVA_OPTS", ""), SAMPLE)) {
            assertServes(relay);
            Set<Path> before = tree(shared.directory());
            assertThat(before).anyMatch(path -> path.toString().contains("/gangway-work-"));

            Cleaner.clean(shared.folder().path());

            assertThat(tree(shared.directory())).isEqualTo(before);
        }
    }

    @Test
    void itsDirectoryMayHaveBeenRemovedAsOld() throws Exception {
        try (Command relay = shared.relay(Map.of(), SAMPLE)) {
            assertServes(relay);
            shared.daemons().stop();

            Cleaner.clean(shared.folder().path());

            assertThat(shared.directory()).doesNotExist();
            assertServes(relay);
        }
    }

    private static Set<Path> tree(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.collect(Collectors.toSet());
        }
    }

    @Test
    void goesOnServingWithoutRoomForItsLog() throws IOException {
        try (Command relay = shared.relay(Map.of(), SAMPLE, "--log=/dev/full", "--access-log=/dev/full")) {
            assertServes(relay);
            assertThat(get(relay, "/sample/probe/fail?when=before")).hasStatus(500);

            assertServes(relay);
        }
    }

    @Test
    void otherArgumentsMeanAnotherDaemon() throws IOException {
        try (Command one = shared.relay(Map.of(), SAMPLE);
                Command two = shared.relay(Map.of(), SAMPLE, "/two=" + SAMPLE)) {
            assertServes(one);
            assertServes(two);

            assertThat(shared.daemons().running()).hasSize(2);
        }
    }

    @Test
    void namesMayBeRelative(@TempDir Path folder) throws IOException {
        Files.createSymbolicLink(folder.resolve("sample.war"), Path.of(SAMPLE));
        List<String> launcher =
                List.of("/usr/bin/spawn-fcgi", "-n", "-s", "app.sock", "--", "/usr/bin/env", "-C", folder.toString());
        try (Command relay = shared.relay(launcher, Map.of(), "sample.war")) {
            assertServes(relay);
        }
    }

    @Test
    void directoryThatOthersCouldUseIsRefused(@TempDir Path folder) throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x--x"));
        assertRefused(open, "its mode is drwxr-x--x, but nobody else may use it (chmod 700)");

        Path target = Files.createDirectory(folder.resolve("target"), privately());
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        assertRefused(link, "it is a symbolic link");
        assertRefused(
                Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("x")), "it is a symbolic link");

        assertRefused(ofSomebodyElse(folder), "it belongs to user ");
    }

    @Test
    void directoryMustBePossible(@TempDir Path folder) {
        Path missing = folder.resolve("missing/run");
        try (Command relay = shared.relay(Map.of("GANGWAY_RUN_DIR", missing.toString()), SAMPLE)) {
            assertThat(relay.await()).isEqualTo(1);
            assertThat(relay.err())
                    .isEqualTo("gangway: cannot make the directory " + missing
                            + ": No such file or directory; choose another one with GANGWAY_RUN_DIR\n");
        }
        try (Command relay = shared.relay(Map.of("GANGWAY_RUN_DIR", "run"), SAMPLE)) {
            assertThat(relay.await()).isEqualTo(1);
            assertThat(relay.err()).isEqualTo("gangway: GANGWAY_RUN_DIR is 'run', want an absolute path\n");
        }
    }

    @Test
    void runtimeDirectoryOfTheUserIsTaken(@TempDir Path folder) throws IOException {
        Path runtime = Files.createDirectory(folder.resolve("runtime"), privately());
        Map<String, String> environment = Map.of("GANGWAY_RUN_DIR", "", "XDG_RUNTIME_DIR", runtime.toString());
        try (Command relay = shared.relay(environment, "--help")) {
            assertThat(relay.await()).isZero();
            assertThat(relay.out()).startsWith("Usage: gangway fcgid APP...");
        }
        try (Command relay =
                shared.relay(environment, folder.resolve("missing.war").toString())) {
            assertServesNothing(relay);

            assertThat(relay.err()).contains("(log: " + runtime + "/gangway/");
        }
    }

    /** Somebody else could make one below {@code /tmp} first. */
    @Test
    void homeOfTheUserComesNext(@TempDir Path home) throws IOException {
        Map<String, String> environment = Map.of("GANGWAY_RUN_DIR", "", "XDG_RUNTIME_DIR", "", "HOME", home.toString());
        try (Command relay =
                shared.relay(environment, home.resolve("missing.war").toString())) {
            assertServesNothing(relay);

            Path directory = home.resolve(".cache/gangway");
            assertThat(relay.err()).contains("(log: " + directory + "/");
            assertThat(Files.getPosixFilePermissions(directory))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void otherwiseADirectoryOfItsOwnBelowTmp(@TempDir Path folder) throws IOException {
        Map<String, String> environment = Map.of("GANGWAY_RUN_DIR", "", "XDG_RUNTIME_DIR", "", "HOME", "");
        try (Command relay =
                shared.relay(environment, folder.resolve("missing.war").toString())) {
            assertServesNothing(relay);

            Matcher log = Pattern.compile("\\(log: (/tmp/gangway-(\\d+)/\\w+)\\.log\\)")
                    .matcher(relay.err());
            assertThat(log.find()).as(relay.err()).isTrue();
            assertThat(Files.getAttribute(Path.of("/proc/" + relay.pid()), "unix:uid"))
                    .hasToString(log.group(2));
            for (String suffix : List.of(".log", ".lock", ".state")) {
                Files.delete(Path.of(log.group(1) + suffix));
            }
        }
    }

    @Test
    void withoutAWorkingPerlJavaPassesRequestsOn() throws IOException {
        String path = pathWithout("perl");
        Files.createSymbolicLink(Path.of(path, "perl"), Path.of("/bin/false"));
        try (Command relay = shared.relay(Map.of("PATH", path), SAMPLE)) {
            assertServes(relay);

            assertThat(Files.readString(Path.of("/proc/" + relay.pid() + "/cmdline")))
                    .contains("dev.gangway.servlet.relay.Relay");
        }
    }

    @Test
    void withoutFlockAndSetsidPerlTakesTheirPlace() throws Exception {
        Map<String, String> environment = Map.of("PATH", pathWithout("flock", "setsid"));
        try (Command one = shared.relay(environment, SAMPLE);
                Command two = shared.relay(environment, SAMPLE);
                Command three = shared.relay(environment, SAMPLE)) {
            inParallel(List.of(serving(one), serving(two), serving(three)));

            ProcessHandle daemon = shared.daemon();
            assertThat(session(daemon)).isEqualTo(daemon.pid());
        }
    }

    @Test
    void withoutAnythingToPassRequestsOnItSaysSo() throws IOException {
        Map<String, String> environment = Map.of("PATH", pathWithout("perl", "java"), "JAVA_HOME", "");
        try (Command relay = shared.relay(environment, SAMPLE)) {
            assertThat(relay.await()).isEqualTo(1);
            assertThat(relay.err())
                    .isEqualTo(
                            "gangway: nothing that could pass requests on: install Perl, or Java and name it by JAVA_HOME\n");
        }
    }

    @Test
    void kindThatIsUnknownIsRefused() {
        try (Command relay = shared.relay(Map.of("GANGWAY_RELAY", "socat"), SAMPLE)) {
            assertThat(relay.await()).isEqualTo(1);
            assertThat(relay.err())
                    .isEqualTo("gangway: GANGWAY_RELAY is 'socat', want perl or java, and it must be installed\n");
        }
    }

    @Test
    void withoutALockItSaysSo() throws IOException {
        try (Command relay = shared.relay(Map.of("PATH", pathWithout("perl", "flock")), SAMPLE)) {
            assertServesNothing(relay);

            assertThat(relay.err()).startsWith("gangway: needs flock (util-linux) or Perl");
        }
    }

    @Test
    void applicationMustBeNamed() {
        try (Command relay = shared.relay(Map.of())) {
            assertThat(relay.await()).isEqualTo(2);
            assertThat(relay.err()).isEqualTo("gangway: name an application (see gangway fcgid --help)\n");
        }
    }

    private void assertRefused(Path directory, String reason) {
        try (Command relay = shared.relay(Map.of("GANGWAY_RUN_DIR", directory.toString()), SAMPLE)) {
            assertThat(relay.await()).isEqualTo(1);
            assertThat(relay.err())
                    .startsWith("gangway: will not use the directory " + directory + ": " + reason)
                    .endsWith("; choose another one with GANGWAY_RUN_DIR\n")
                    .hasLineCount(1);
        }
    }

    private static Path ofSomebodyElse(Path folder) throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return Path.of("/usr");
        }
        Path directory = Files.createDirectory(folder.resolve("other"), privately());
        return Files.setAttribute(directory, "unix:uid", 65534);
    }

    private static FileAttribute<?> privately() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    }

    /** {@return a search path for all that the system has, but for these} */
    private String pathWithout(String... names) throws IOException {
        Path tools = Files.createDirectory(shared.folder().resolve("tools"));
        try (Stream<Path> all = Files.list(Path.of("/usr/bin"))) {
            for (Path tool : all.toList()) {
                if (!List.of(names).contains(tool.getFileName().toString())) {
                    Files.createSymbolicLink(tools.resolve(tool.getFileName()), tool);
                }
            }
        }
        return tools.toString();
    }

    private static Callable<Void> serving(Command relay) {
        return () -> {
            assertServes(relay);
            return null;
        };
    }

    private static void assertServes(Command relay) {
        assertThat(get(relay, "/sample/probe/headers")).hasStatus(200).isComplete();
    }

    private static FcgiResponse get(Command relay, String uri) {
        try (Peer peer = peer(relay)) {
            return peer.get(1, 0, uri).response(1);
        }
    }

    private static void assertServesNothing(Command relay) {
        try (Peer peer = peer(relay)) {
            peer.get(1, 0, "/sample/probe/headers").expectClosed();
        }
    }

    private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** The fourth field after the name of the program, which is in parentheses. */
    private static long session(ProcessHandle process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
    }

    private static List<String> descriptors(ProcessHandle process) throws IOException {
        List<String> targets = new ArrayList<>();
        try (Stream<Path> links = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            for (Path link : links.toList()) {
                try {
                    targets.add(Files.readSymbolicLink(link).toString());
                } catch (NoSuchFileException e) {
                    // Closed meanwhile, so it is one of its own.
                }
            }
        }
        return targets;
    }
}
