package dev.gangway.runner.web;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gangway.runner.StartFailure;
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
        assertFailure(folder, "this installation has no ee11 libraries in " + folder.resolve("lib/ee11"));
    }

    @Test
    void directoryOfApplicationsIsRefused() throws IOException {
        Files.createFile(Files.createDirectory(folder.resolve("webapps")).resolve("shop.war"));

        assertFailure(
                folder.resolve("webapps"),
                folder.resolve("webapps") + " is a directory of web applications, and none itself;"
                        + " serve what is in it with gangway serve " + folder.resolve("webapps"));
    }

    @Test
    void wholeFileSystemIsRefused() {
        assertFailure(Path.of("/"), "/ is the whole file system");
    }

    @Test
    void levelThatLacksTheNamespaceIsRefused() throws IOException {
        Path javax = new War().servlet("app/Main", "javax/servlet").pack(folder.resolve("javax.war"));
        Path jakarta = new War().servlet("app/Main", "jakarta/servlet").pack(folder.resolve("jakarta.war"));

        assertFailure(
                javax, Level.EE11, javax + " needs javax.servlet, which ee11 does not have; start it with --ee ee8");
        assertFailure(
                jakarta,
                Level.EE8,
                jakarta + " needs jakarta.servlet, which ee8 does not have; start it with --ee ee11");
    }

    private void assertFailure(Path location, String message) {
        assertFailure(location, null, message);
    }

    private void assertFailure(Path location, Level level, String message) {
        Applications applications = new Applications(List.of(new Application("/", location)), level);

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> applications.load(new Server(), folder.resolve("lib")))
                .withMessageStartingWith(message);
    }
}
