package dev.gangway.it.command;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.it.harness.Installation;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a web application finds around it. This one is a directory with JSPs, and brings its own copy of our API. */
class ApplicationsIT {
    @TempDir
    private static Path folder;

    private static Command gangway;
    private static Peer peer;

    @BeforeAll
    static void start() throws IOException {
        Path library = Files.createDirectories(folder.resolve("app/WEB-INF/lib"));
        try (DirectoryStream<Path> api =
                Files.newDirectoryStream(Installation.built().home().resolve("api"), "*.jar")) {
            Files.copy(api.iterator().next(), library.resolve("api.jar"));
        }
        jsp(
                "loaders.jsp",
                "<%= request.getAttribute(\"dev.gangway.request\") instanceof dev.gangway.api.FcgiRequest %>");
        jsp("visible.jsp", "<%= Class.forName(request.getParameter(\"class\")) %>");
        jsp("fail.jsp", "<% if (true) throw new IllegalStateException(\"a secret\"); %>");
        jsp(
                "tags.jsp",
                "<%@ taglib prefix=\"c\" uri=\"jakarta.tags.core\" %><c:forEach begin=\"1\" end=\"3\">x</c:forEach>");
        jsp("scratch.jsp", "<%= application.getAttribute(\"jakarta.servlet.context.tempdir\") %>");
        Files.writeString(folder.resolve("app/page.txt"), "static");

        gangway = Command.gangway("run", "/=" + folder.resolve("app"), "--listen=unix:app.sock");
        gangway.awaitReady();
        peer = Peer.connect(UnixDomainSocketAddress.of(gangway.file("app.sock")));
    }

    private static void jsp(String name, String text) throws IOException {
        Files.writeString(folder.resolve("app").resolve(name), text);
    }

    @AfterAll
    static void stop() {
        peer.close();
        gangway.close();
    }

    @Test
    void staticFile() {
        assertThat(get("/page.txt")).hasStatus(200).hasBody("static");
    }

    @Test
    void serverIsNotNamed() {
        assertThat(get("/page.txt")).hasNoField("Server").hasNoField("Date").hasNoField("X-Powered-By");
    }

    @Test
    void copyOfTheApiDoesNotCount() {
        assertThat(get("/loaders.jsp")).hasStatus(200).hasBody("true");
    }

    @Test
    void serverClassesAreHidden() {
        assertThat(get("/visible.jsp?class=dev.gangway.api.FcgiRequest").status())
                .isEqualTo(200);
        for (String hidden : new String[] {
            "dev.gangway.servlet.command.Main",
            "dev.gangway.fcgi.server.FcgiConnectionFactory",
            "org.eclipse.jetty.server.Server",
            "org.eclipse.jetty.ee11.webapp.WebAppContext",
            "picocli.CommandLine",
            "org.objectweb.asm.ClassReader"
        }) {
            assertThat(get("/visible.jsp?class=" + hidden).status()).as(hidden).isEqualTo(500);
        }
    }

    @Test
    void tagLibrariesAreThere() {
        assertThat(get("/tags.jsp")).hasStatus(200).hasBody("xxx");
    }

    @Test
    void visitorsSeeNoStackTrace() {
        FcgiResponse response = get("/fail.jsp");

        assertThat(response).hasStatus(500);
        assertThat(response.text()).doesNotContain("\tat ", "at org.apache");
    }

    @Test
    void temporaryFilesAreInThePrivateDirectory() {
        assertThat(get("/scratch.jsp").text())
                .startsWith(gangway.file("gangway-").toString());
    }

    private static FcgiResponse get(String uri) {
        return peer.get(1, KEEP_CONN, uri).response(1);
    }
}
