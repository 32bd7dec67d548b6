package dev.gangway.servlet.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartCauseTest {
    private static final String ADVICE = "start it with --ee %s";

    @ParameterizedTest
    @CsvSource({
        "javax/servlet/http/HttpServlet, EE11, javax.servlet.http.HttpServlet, ee8",
        "javax/websocket/Endpoint, EE9, javax.websocket.Endpoint, ee8",
        "jakarta/servlet/Filter, EE8, jakarta.servlet.Filter, ee11",
        "jakarta/servlet/ServletConnection, EE9, jakarta.servlet.ServletConnection, ee11",
        "jakarta/servlet/SingleThreadModel, EE10, jakarta.servlet.SingleThreadModel, ee9"
    })
    void missingClassOfTheServletApi(String missing, ServletEnvironment environment, String named, String better) {
        Throwable failure = new IllegalStateException("start", new NoClassDefFoundError(missing));

        assertThat(StartCause.explain(failure, environment, ADVICE))
                .isEqualTo("it needs " + named + ", which " + environment + " does not have; start it with --ee "
                        + better);
    }

    @Test
    void missingMethodOfTheServletApi() {
        Throwable failure = new NoSuchMethodError(
                "'void jakarta.servlet.http.HttpServletResponse.setStatus(int, java.lang.String)'");

        assertThat(StartCause.explain(failure, ServletEnvironment.EE11, ADVICE))
                .isEqualTo("it needs jakarta.servlet.http.HttpServletResponse.setStatus, which ee11 does not have;"
                        + " start it with --ee ee9");
    }

    @Test
    void missingResourceIsNamed() {
        Throwable failure = new RuntimeException("start", new IllegalStateException("Nothing to bind for name jdbc/x"));

        assertThat(StartCause.explain(failure, ServletEnvironment.EE10, ADVICE))
                .isEqualTo("its descriptor asks for the resource jdbc/x, which is not set up; set it up in a context in"
                        + " Jetty's XML, and serve that instead of the WAR");
    }

    @Test
    void otherErrorIsToldByItsRoot() {
        Throwable failure =
                new RuntimeException("start", new IllegalArgumentException("no jakarta.servlet.Filter here"));

        assertThat(StartCause.explain(failure, ServletEnvironment.EE8, ADVICE))
                .isEqualTo("java.lang.IllegalArgumentException: no jakarta.servlet.Filter here; the log says more");
    }

    @Test
    void otherClassIsNamed() {
        assertThat(StartCause.explain(
                        new ClassNotFoundException("org.example.Missing"), ServletEnvironment.EE8, ADVICE))
                .isEqualTo("java.lang.ClassNotFoundException: org.example.Missing; the log says more");
    }

    @Test
    void whatTheFileSystemRefusedMayPass(@TempDir Path folder) {
        assertThat(StartCause.mayPass(new IllegalStateException(new AccessDeniedException("/app.war"))))
                .isTrue();
        assertThat(StartCause.mayPass(catchThrowable(() -> new FileInputStream(folder.toFile()))))
                .isTrue();
        // As on a full disk: an exception of no class of its own.
        assertThat(StartCause.mayPass(catchThrowable(() -> {
                    try (FileOutputStream full = new FileOutputStream("/dev/full")) {
                        full.write(1);
                    }
                })))
                .isTrue();
    }

    @Test
    void whatTheApplicationRefusesDoesNotPass() {
        assertThat(StartCause.mayPass(new IllegalStateException("no"))).isFalse();
        assertThat(StartCause.mayPass(new NoClassDefFoundError("org/foo/Bar"))).isFalse();
        assertThat(StartCause.mayPass(new IOException("no such setting"))).isFalse();
        assertThat(StartCause.mayPass(new ZipException("not a zip file"))).isFalse();
        assertThat(StartCause.mayPass(new ConnectException("refused"))).isFalse();
    }
}
