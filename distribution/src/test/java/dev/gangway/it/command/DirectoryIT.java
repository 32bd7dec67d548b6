package dev.gangway.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gangway serve} behind nginx: a directory of applications that come, change and go. */
class DirectoryIT {
    private static final String JETTY_XML = "<?xml version='1.0'?>\n"
            + "<!DOCTYPE Configure PUBLIC '-//Jetty//Configure//EN' 'https://jetty.org/configure_10_0.dtd'>\n";

    private static TempFolder folder;
    private static Path apps;
    private static Command gangway;
    private static RunningServer nginx;

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @BeforeAll
    static void start() throws IOException {
        folder = TempFolder.create("apps");
        apps = Files.createDirectory(folder.resolve("webapps"));
        Webapp.of("6.1").with("index.html", "root").pack(apps.resolve("ROOT.war"));
        Webapp.of("3.0").pack(apps.resolve("ee8.war"));
        Webapp.of("5.0").pack(apps.resolve("ee9.war"));
        Webapp.of("6.0").pack(apps.resolve("ee10.war"));
        Webapp.of("6.1").pack(apps.resolve("ee11.war"));
        Webapp.broken().pack(apps.resolve("broken.war"));
        Files.writeString(apps.resolve("text.war"), "not an archive");
        Webapp.of("6.1").pack(apps.resolve("chosen.war"));
        Files.writeString(
                apps.resolve("chosen.properties"), "environment = ee10\njetty.deploy.contextPath = /by/properties\n");
        Webapp.of("3.0").with("a%b.txt", "percent").pack(apps.resolve("loose.war"));
        Files.writeString(apps.resolve("loose.properties"), "allow-in-paths = encoded-percent, encoded-slash\n");
        Webapp.of("6.1").with("a%b.txt", "percent").pack(apps.resolve("tight.war"));
        Webapp.of("6.1").pack(apps.resolve("future.war"));
        Files.writeString(apps.resolve("future.properties"), "environment = ee99\n");
        Webapp.of("6.1").with("index.html", "exploded").unpack(apps.resolve("exploded"));
        Webapp.of("6.0").with("index.html", "elsewhere").pack(folder.resolve("elsewhere.war"));
        Files.writeString(
                apps.resolve("context.xml"),
                JETTY_XML + "<Configure class='org.eclipse.jetty.ee10.webapp.WebAppContext'>"
                        + "<Set name='contextPath'>/by/xml</Set><Set name='war'>" + folder.resolve("elsewhere.war")
                        + "</Set></Configure>");
        Files.writeString(Files.createDirectory(folder.resolve("static")).resolve("page.txt"), "static");
        Files.writeString(
                apps.resolve("files.xml"),
                JETTY_XML + "<Configure class='org.eclipse.jetty.server.handler.ContextHandler'>"
                        + "<Set name='contextPath'>/files</Set><Set name='baseResourceAsString'>"
                        + folder.resolve("static")
                        + "</Set><Set name='handler'><New class='org.eclipse.jetty.server.handler.ResourceHandler'/></Set>"
                        + "</Configure>");
        Files.createSymbolicLink(apps.resolve("link.war"), folder.resolve("elsewhere.war"));
        Files.writeString(Files.createDirectory(apps.resolve("keys")).resolve("id_rsa"), "secret");
        Files.createSymbolicLink(apps.resolve("everything"), Path.of("/"));
        // None of these is an application.
        Webapp.of("6.1").pack(apps.resolve(".hidden.war"));
        Files.createDirectory(apps.resolve("configuration.d"));
        Files.writeString(apps.resolve("README.txt"), "Web applications.");
        Files.writeString(apps.resolve("lone.properties"), "environment = ee10\n");

        gangway = Command.gangway("serve", apps.toString(), "--listen=tcp:127.0.0.1:0");
        nginx = RunningServer.start(WebServer.NGINX, "tcp", gangway.placeholders());
    }

    @AfterAll
    static void stop() {
        nginx.close();
        gangway.close();
        folder.close();
    }

    @Test
    void eachApplicationSaysWhichSuspiciousPathsItAllows() {
        assertThat(get("/loose/a%25b.txt").body()).isEqualTo("percent");
        assertThat(get("/loose//version.jsp").statusCode()).isEqualTo(400);
        assertThat(get("/tight/a%25b.txt").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "/, root",
        "/ee8/version.jsp, 3.0 in 4.0",
        "/ee9/version.jsp, 5.0 in 5.0",
        "/ee10/version.jsp, 6.0 in 6.0",
        "/ee11/version.jsp, 6.1 in 6.1",
        "/by/properties/version.jsp, 6.1 in 6.0",
        "/by/xml/, elsewhere",
        "/files/page.txt, static",
        "/link/, elsewhere",
        "/exploded/, exploded"
    })
    void applicationsOfAllKindsAndEnvironmentsTogether(String path, String text) {
        assertThat(get(path).statusCode()).isEqualTo(200);
        assertThat(get(path).body()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"/hidden/", "/.hidden/", "/configuration/", "/configuration.d/", "/README/", "/lone/", "/chosen/"})
    void whatIsNoApplicationIsNotServed(String path) {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "broken, does not start: ",
        "text, is not a web application: ",
        "future, 'has the wrong environment: ''ee99'' is not an environment, want ee8, ee9, ee10 or ee11'"
    })
    void brokenApplicationsAreUnavailableAndSayWhy(String name, String reason) {
        assertThat(get("/" + name + "/").statusCode()).isEqualTo(503);
        assertThat(gangway.err().lines().filter(line -> line.contains("ERROR") && line.contains(name + ".war")))
                .singleElement()
                .asString()
                .contains(reason, "/" + name + " is unavailable until the file changes");
        assertThat(gangway.awaitReady()).doesNotContain("/" + name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keys | id_rsa | has no WEB-INF, so it is not a web application; if all files in it may be public",
                "everything | etc/passwd | is the whole file system, not a web application"
            })
    void directoryWithoutWebInfIsNotServedUnasked(String name, String file, String reason) {
        assertThat(get("/" + name + "/").statusCode()).isEqualTo(503);
        assertThat(get("/" + name + "/" + file).statusCode()).isEqualTo(503);
        assertThat(gangway.err().lines().filter(line -> line.contains("/" + name + " ")))
                .singleElement()
                .asString()
                .contains(reason);
        assertThat(gangway.awaitReady()).doesNotContain("/" + name);
    }

    @Test
    void directoryIsAnApplicationAsSoonAsItHasWebInf() throws IOException {
        Path directory = Files.createDirectory(apps.resolve("grows"));
        Files.writeString(directory.resolve("index.html"), "grown");
        awaitStatus("/grows/", 503);

        Files.createDirectory(directory.resolve("WEB-INF"));

        awaitBody("/grows/", "grown");
    }

    @Test
    void settingsAreThoseOfEveryApplication() throws IOException {
        Webapp.of("6.1")
                .with("see.jsp", "<%= Class.forName(request.getParameter(\"class\")) %>")
                .with("tags.jsp", "<%@ taglib prefix=\"c\" uri=\"jakarta.tags.core\" %><c:out value=\"x\"/>")
                .pack(apps.resolve("settings.war"));
        awaitBody("/settings/tags.jsp", "x");

        HttpResponse<String> hidden = get("/settings/see.jsp?class=org.eclipse.jetty.server.Server");
        assertThat(hidden.statusCode()).isEqualTo(500);
        assertThat(hidden.body()).doesNotContain("\tat ");
        assertThat(get("/settings/see.jsp?class=dev.gangway.api.FcgiRequest").statusCode())
                .isEqualTo(200);
    }

    @Test
    void applicationComesChangesAndGoes() throws IOException {
        Path war = apps.resolve("life.war");
        assertThat(get("/life/").statusCode()).isEqualTo(404);

        visits("first").pack(war);
        awaitBody("/life/visits.jsp", "first 1");
        assertThat(get("/life/visits.jsp").body()).isEqualTo("first 2");

        visits("second").pack(war);
        Await.until("the second is served", () -> get("/life/visits.jsp").body().startsWith("second"));

        Files.delete(war);
        awaitStatus("/life/visits.jsp", 404);
        Await.until("the log says so", () -> gangway.err().contains("/life is no longer served"));
    }

    @Test
    void requestThatIsRunningFinishesInTheOldVersion() throws IOException {
        CompletableFuture<HttpResponse<String>> running = replaceDuringRequest("running");

        awaitBody("/running/", "new");
        assertThat(running).isNotDone();
        Files.createFile(folder.resolve("running-enough"));

        assertThat(running.join().body()).isEqualTo("old");
    }

    @Test
    void oldVersionStopsFirstIfTheApplicationSaysSo() throws IOException {
        Files.writeString(apps.resolve("stopped.properties"), "redeploy = stop\n");
        CompletableFuture<HttpResponse<String>> running = replaceDuringRequest("stopped");

        awaitStatus("/stopped/", 503);
        assertThat(running).isNotDone();
        Files.createFile(folder.resolve("stopped-enough"));

        assertThat(running.join().body()).isEqualTo("old");
        awaitBody("/stopped/", "new");
    }

    /** {@return the answer to a request to the old version, which runs until there is a file NAME-enough} */
    private CompletableFuture<HttpResponse<String>> replaceDuringRequest(String name) throws IOException {
        Path war = apps.resolve(name + ".war");
        Path begun = folder.resolve(name + "-begun");
        Path enough = folder.resolve(name + "-enough");
        String waiting = "<%@ page import=\"java.nio.file.*\" %><% Files.createFile(Path.of(\"" + begun + "\"));"
                + "while (!Files.exists(Path.of(\"" + enough + "\"))) Thread.sleep(10); %>"
                + "<jsp:include page=\"index.html\"/>";
        Webapp.of("6.1").with("index.html", "old").with("wait.jsp", waiting).pack(war);
        awaitBody("/" + name + "/", "old");
        CompletableFuture<HttpResponse<String>> running =
                client.sendAsync(request("/" + name + "/wait.jsp"), BodyHandlers.ofString());
        Await.until("the request runs", () -> Files.exists(begun));
        Webapp.of("6.1").with("index.html", "new").pack(war);
        return running;
    }

    @Test
    void oldVersionGoesOnIfTheNewOneIsBroken() throws IOException {
        Path war = apps.resolve("repaired.war");
        Webapp.of("6.1").with("index.html", "one").pack(war);
        awaitBody("/repaired/", "one");

        Webapp.broken().pack(war);
        Await.until("the log says so", () -> log("the new " + war).endsWith("; the old version of /repaired goes on"));
        assertThat(log("the new " + war)).contains("does not start: ", "no.such.Listener");
        assertThat(get("/repaired/").body()).isEqualTo("one");
        Files.writeString(war, "not an archive");
        Await.until("the log says so", () -> gangway.err().contains("the new " + war + " is not a web application"));
        assertThat(get("/repaired/").body()).isEqualTo("one");
        Webapp.of("6.1").with("index.html", "three").pack(war);

        awaitBody("/repaired/", "three");
    }

    private static String log(String text) {
        return gangway.err()
                .lines()
                .filter(line -> line.contains(text))
                .findFirst()
                .orElse("");
    }

    @Test
    void brokenVersionIsReplacedByTheNext() throws IOException {
        Path war = apps.resolve("broken-again.war");
        Files.writeString(apps.resolve("broken-again.properties"), "redeploy = stop\n");
        Webapp.of("6.1").with("index.html", "one").pack(war);
        awaitBody("/broken-again/", "one");

        Webapp.broken().pack(war);
        awaitStatus("/broken-again/", 503);
        Webapp.of("6.1").with("index.html", "three").pack(war);

        awaitBody("/broken-again/", "three");
    }

    @Test
    void fileThatIsStillBeingCopiedIsServedWhenItIsComplete() throws IOException {
        Path complete = folder.resolve("complete.war");
        Webapp.of("6.1").with("index.html", "complete").pack(complete);
        byte[] bytes = Files.readAllBytes(complete);
        Path war = apps.resolve("slow.war");

        Files.write(war, Arrays.copyOf(bytes, bytes.length / 2));
        awaitStatus("/slow/", 503);
        Files.write(war, bytes);

        awaitBody("/slow/", "complete");
    }

    @Test
    void changedPropertiesCount() throws IOException {
        Path properties = apps.resolve("moving.properties");
        Webapp.of("6.1").pack(apps.resolve("moving.war"));
        awaitBody("/moving/version.jsp", "6.1 in 6.1");

        Files.writeString(properties, "environment = ee10\njetty.deploy.contextPath = /moved\n");
        awaitBody("/moved/version.jsp", "6.1 in 6.0");
        assertThat(get("/moving/version.jsp").statusCode()).isEqualTo(404);

        Files.delete(properties);
        awaitBody("/moving/version.jsp", "6.1 in 6.1");
        assertThat(get("/moved/version.jsp").statusCode()).isEqualTo(404);
    }

    @Test
    void propertiesAloneAreNoApplication() throws IOException {
        Path war = apps.resolve("leaving.war");
        Files.writeString(apps.resolve("leaving.properties"), "environment = ee10\n");
        Webapp.of("6.1").pack(war);
        awaitBody("/leaving/version.jsp", "6.1 in 6.0");

        Files.delete(war);

        awaitStatus("/leaving/version.jsp", 404);
    }

    @Test
    void directoryIsServedAnewWhenItIsTouched() throws IOException {
        Path directory = apps.resolve("touched");
        visits("old").unpack(directory);
        awaitBody("/touched/visits.jsp", "old 1");

        visits("new").unpack(directory);
        Files.setLastModifiedTime(directory, FileTime.from(Instant.now().plusSeconds(10)));

        Await.until(
                "the new one is served", () -> get("/touched/visits.jsp").body().startsWith("new"));
    }

    private static Webapp visits(String name) {
        return Webapp.of("6.1")
                .with(
                        "visits.jsp",
                        "<% Integer n = (Integer) session.getAttribute(\"n\"); n = n == null ? 1 : n + 1;"
                                + "session.setAttribute(\"n\", n); %>" + name + " <%= n %>");
    }

    private void awaitBody(String path, String text) {
        Await.until(path + " is '" + text + "'", () -> get(path).body().equals(text));
    }

    private void awaitStatus(String path, int status) {
        Await.until(path + " has status " + status, () -> get(path).statusCode() == status);
    }

    private HttpResponse<String> get(String path) {
        try {
            return client.send(request(path), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nginx.port() + path))
                .build();
    }
}
