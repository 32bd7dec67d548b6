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

    private void assertFailure(Path location, String message) {
        Applications applications = new Applications(List.of(new Application("/", location)), null);

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> applications.load(new Server(), folder.resolve("lib")))
                .withMessageStartingWith(message);
    }
}
