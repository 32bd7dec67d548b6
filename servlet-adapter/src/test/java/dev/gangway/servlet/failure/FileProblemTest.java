package dev.gangway.servlet.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FileProblemTest {
    @Test
    void isToldWithoutThePath() {
        assertThat(FileProblem.reason(new NoSuchFileException("/x"))).isEqualTo("no such file");
        assertThat(FileProblem.reason(new AccessDeniedException("/x"))).isEqualTo("permission denied");
        assertThat(FileProblem.reason(new FileSystemException("/x", null, "Is a directory")))
                .isEqualTo("Is a directory");
    }

    @Test
    void isToldOfContentThatIsNotText() {
        assertThat(FileProblem.reason(new MalformedInputException(1))).isEqualTo("it is not UTF-8");
    }

    @Test
    void isToldByTheMessageOfAnyOtherError() {
        assertThat(FileProblem.reason(new IOException("No space left on device")))
                .isEqualTo("No space left on device");
        assertThat(FileProblem.reason(new IOException())).isEqualTo("java.io.IOException");
    }
}
