package dev.gangway.servlet.web;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import dev.gangway.servlet.environment.Libraries;
import dev.gangway.servlet.environment.ServletEnvironment;
import dev.gangway.servlet.environment.War;
import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.handover.Redeployment;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipOutputStream;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationsTest {
    @TempDir
    private Path folder;

    @Test
    void missingFileIsNamed() {
        Path missing = folder.resolve("missing.war");

        assertFailure(missing, "there is no " + missing);
    }

    @Test
    void fileThatIsNoArchiveIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("text.war"), "hello");

        assertFailure(text, text + " is not a web application: ");
    }

    @Test
    void emptyArchiveIsNamed() throws IOException {
        Path empty = folder.resolve("empty.war");
        try (OutputStream file = Files.newOutputStream(empty)) {
            new ZipOutputStream(file).close();
        }

        assertFailure(empty, empty + " is an empty archive");
    }

    @Test
    void missingLibrariesAreNamed() {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(
                        () -> applications(folder, null, new Admission(true)).load(new Server(), libraries()))
                .withMessage("this installation has no ee11 libraries in " + folder.resolve("lib/ee11"));
    }

    @Test
    void directoryOfApplicationsIsRefused() throws IOException {
        Files.createFile(Files.createDirectory(folder.resolve("webapps")).resolve("shop.war"));

        assertFailure(
                folder.resolve("webapps"),
                folder.resolve("webapps") + " is a directory of web applications, and not one itself;"
                        + " serve it with gangway serve " + folder.resolve("webapps"));
    }

    @Test
    void wholeFileSystemIsRefused() {
        assertFailure(Path.of("/"), "/ is the whole file system");
    }

    @Test
    void linkToTheWholeFileSystemIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/"));

        assertFailure(link, link + " is the whole file system");
    }

    @Test
    void directoryWithoutWebInfIsRefused() throws IOException {
        Path keys = Files.createDirectory(folder.resolve("keys"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), keys);
        Path file =
                Files.createFile(Files.createDirectory(folder.resolve("odd")).resolve("WEB-INF"));

        assertFailure(
                keys,
                keys + " has no WEB-INF, so it is not a web application; if all files in it may be public,"
                        + " start with --static");
        assertFailure(link, link + " has no WEB-INF");
        assertFailure(file.getParent(), file.getParent() + " has no WEB-INF");
    }

    @Test
    void homeDirectoryIsRefusedEvenIfAskedFor() {
        Path home = Path.of(System.getProperty("user.home"));

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> new Admission(true).check(home))
                .withMessageStartingWith(home + " is the home directory of user ");
    }

    @Test
    void directoryToServeIsRefusedToo() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/"));
        Path application = new War().descriptor("<web-app/>").unpack(folder.resolve("shop"));

        for (Path root : List.of(Path.of("/"), Path.of("/usr/.."), link)) {
            assertThat(new WebappsDirectory(root, 0, new Admission(true), Redeployment.STOP).obstacles())
                    .singleElement(as(THROWABLE))
                    .hasMessageContaining(" is the whole file system");
        }
        assertThat(new WebappsDirectory(application, 0, new Admission(true), Redeployment.STOP).obstacles())
                .singleElement(as(THROWABLE))
                .hasMessage(application + " is a web application itself; serve it with gangway run");
    }

    @Test
    void environmentThatLacksTheNamespaceIsRefused() throws IOException {
        Path javax = new War().servlet("app/Main", "javax/servlet").pack(folder.resolve("javax.war"));
        Path jakarta = new War().servlet("app/Main", "jakarta/servlet").pack(folder.resolve("jakarta.war"));

        assertFailure(
                javax,
                ServletEnvironment.EE11,
                javax + " needs javax.servlet, which ee11 does not have; start it with --ee ee8");
        assertFailure(
                jakarta,
                ServletEnvironment.EE8,
                jakarta + " needs jakarta.servlet, which ee8 does not have; start it with --ee ee11");
    }

    private void assertFailure(Path location, String message) {
        assertFailure(location, null, message);
    }

    private void assertFailure(Path location, ServletEnvironment environment, String message) {
        Applications applications = applications(location, environment, new Admission(false));

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> applications.load(new Server(), libraries()))
                .withMessageStartingWith(message);
    }

    private static Applications applications(Path location, ServletEnvironment environment, Admission admission) {
        return new Applications(List.of(new Application("/", location)), environment, admission);
    }

    private Libraries libraries() {
        return new Libraries(folder.resolve("lib"), List.of());
    }
}
