package dev.gangway.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebApplication;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** WARs that are replaced while requests come through nginx. */
class RedeployIT {
    private static final int VERSIONS = 6;
    private static final int CLIENTS = 4;

    private static TempFolder folder;
    private static Path apps;
    private static Command gangway;
    private static RunningServer nginx;

    @BeforeAll
    static void start() throws IOException {
        folder = TempFolder.create("redeploy");
        apps = Files.createDirectory(folder.resolve("webapps"));
        counting(1).pack(apps.resolve("ROOT.war"));
        gangway = Command.gangway(
                "serve",
                apps.toString(),
                "--listen=tcp:127.0.0.1:0",
                "--users=" + folder.write("users.properties", "joe: secret,user\n"));
        nginx = RunningServer.start(WebServer.NGINX, "tcp", gangway.placeholders());
    }

    @AfterAll
    static void stop() {
        nginx.close();
        gangway.close();
        folder.close();
    }

    /** Each client sees the versions in their order, and its own counter go on in its session. */
    @Test
    void noRequestFailsWhileVersionsFollowEachOther() throws IOException {
        AtomicInteger wanted = new AtomicInteger(1);
        List<Visitor> visitors = Stream.generate(Visitor::new).limit(CLIENTS).toList();
        List<CompletableFuture<Void>> visits = visitors.stream()
                .map(visitor ->
                        CompletableFuture.runAsync(() -> visitor.visit(wanted), task -> new Thread(task).start()))
                .toList();

        for (int version = 1; version <= VERSIONS; version++) {
            wanted.set(version);
            counting(version).pack(apps.resolve("ROOT.war"));
            Await.until(
                    "all have seen version " + wanted + ":\n" + gangway.err(),
                    () -> visitors.stream().allMatch(visitor -> visitor.version == wanted.get())
                            || visits.stream().anyMatch(CompletableFuture::isDone));
        }
        wanted.set(VERSIONS + 1);

        visits.forEach(CompletableFuture::join);
        assertThat(visitors).allSatisfy(visitor -> assertThat(visitor.visits).isGreaterThan(VERSIONS));
    }

    private static Webapp counting(int version) {
        return Webapp.of("6.1")
                .with("version.txt", version + " ")
                .with(
                        "visits.jsp",
                        "<%@ page trimDirectiveWhitespaces=\"true\" %>"
                                + "<% Integer n = (Integer) session.getAttribute(\"n\"); n = n == null ? 1 : n + 1;"
                                + "session.setAttribute(\"n\", n); %><%@ include file=\"version.txt\" %><%= n %>");
    }

    @ParameterizedTest
    @EnumSource(Environment.class)
    void sessionsAreCarriedOver(Environment environment) throws IOException {
        String name = "shop-" + environment;
        WebApplication shop =
                WebApplication.create(folder.resolve(name), environment).classes("redeploy/shop");
        put(shop.classes("redeploy/first").write("version.txt", "1"), name);
        Client client = new Client();
        client.await("/" + name + "/version.txt", "1");
        client.post("/" + name + "/shop/", "");
        List<String> before = client.get("/" + name + "/shop/").body().lines().toList();
        assertThat(before)
                .contains("new false", "timeout 1234", "cart [book]", "order of cart true", "changing is there");
        Client ended = new Client();
        ended.post("/" + name + "/shop/", "");

        put(shop.classes("redeploy/second").write("version.txt", "2"), name);
        client.await("/" + name + "/version.txt", "2");

        assertThat(client.get("/" + name + "/shop/").body().lines())
                .hasSameSizeAs(before)
                .startsWith(before.toArray(String[]::new)[0], before.toArray(String[]::new)[1])
                .contains(
                        "new false",
                        "timeout 1234",
                        "cart [book]",
                        "order of cart true",
                        "changing null",
                        "thread null",
                        "traveller arrived");
        assertThat(gangway.err().lines().filter(line -> line.contains("/" + name + " go on without")))
                .hasSize(2)
                .anyMatch(line -> line.contains("thread: java.io.NotSerializableException: java.lang.Thread"))
                .anyMatch(
                        line -> line.contains("changing: java.lang.ClassNotFoundException: app.Changing has changed"));
        ended.get("/" + name + "/shop/end");
        assertThat(ended.get("/" + name + "/shop/").body()).isEqualTo("no session");
        assertThat(gangway.err()).doesNotContain("ERROR");
    }

    @ParameterizedTest
    @CsvSource({"3.0, beside", "5.0, beside", "6.0, beside", "6.1, beside", "6.1, stop"})
    void userStaysLoggedIn(String servletVersion, String redeployment) throws IOException {
        String name = "login-" + servletVersion.replace('.', '-') + "-" + redeployment;
        Files.writeString(apps.resolve(name + ".properties"), "redeploy = " + redeployment + "\n");
        Path war = apps.resolve(name + ".war");
        login(servletVersion, "old").pack(war);
        Client client = new Client();
        client.await("/" + name + "/free.jsp", "old");
        assertThat(client.get("/" + name + "/user.jsp").body()).isEqualTo("who?");
        client.post("/" + name + "/j_security_check", "j_username=joe&j_password=secret");
        assertThat(client.get("/" + name + "/user.jsp").body()).isEqualTo("joe old");

        login(servletVersion, "new").pack(war);
        new Client().await("/" + name + "/free.jsp", "new");

        assertThat(client.get("/" + name + "/user.jsp").body()).isEqualTo("joe new");
    }

    private static Webapp login(String servletVersion, String text) {
        return Webapp.of(
                        servletVersion,
                        "<security-constraint><web-resource-collection><web-resource-name>all</web-resource-name>"
                                + "<url-pattern>/user.jsp</url-pattern></web-resource-collection>"
                                + "<auth-constraint><role-name>user</role-name></auth-constraint></security-constraint>"
                                + "<login-config><auth-method>FORM</auth-method><form-login-config>"
                                + "<form-login-page>/form.html</form-login-page>"
                                + "<form-error-page>/form.html</form-error-page></form-login-config></login-config>"
                                + "<security-role><role-name>user</role-name></security-role>")
                .with("form.html", "who?")
                .with("free.jsp", text)
                .with("user.jsp", "<%= request.getRemoteUser() %> " + text);
    }

    @Test
    void applicationChangesItsEnvironment() throws IOException {
        Path war = apps.resolve("modern.war");
        Webapp.of("3.0").pack(war);
        Client client = new Client();
        client.await("/modern/version.jsp", "3.0 in 4.0");
        client.statuses.clear();

        Webapp.of("6.1").pack(war);

        client.await("/modern/version.jsp", "6.1 in 6.1");
        assertThat(client.statuses).containsOnly(200);
    }

    private static void put(WebApplication application, String name) throws IOException {
        Path hidden = application.pack(apps.resolve("." + name + ".war"));
        Files.move(hidden, apps.resolve(name + ".war"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** A browser with one session. */
    private static final class Client {
        private final HttpClient http = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NORMAL)
                .cookieHandler(new CookieManager())
                .build();

        private final Set<Integer> statuses = new HashSet<>();

        HttpResponse<String> get(String path) {
            return send(request(path).build());
        }

        HttpResponse<String> post(String path, String body) {
            return send(request(path)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(body))
                    .build());
        }

        void await(String path, String body) {
            Await.until(
                    () -> path + " is '" + body + "':\n" + gangway.err(),
                    () -> get(path).body().equals(body));
        }

        private static HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nginx.port() + path));
        }

        private HttpResponse<String> send(HttpRequest request) {
            try {
                HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
                statuses.add(response.statusCode());
                return response;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** A client that comes again and again, by one connection. */
    private static final class Visitor {
        private final Client client = new Client();
        private volatile int visits;
        private volatile int version;

        /** Comes until another version is wanted than there will ever be. */
        void visit(AtomicInteger wanted) {
            while (wanted.get() <= VERSIONS) {
                HttpResponse<String> response = client.get("/visits.jsp");
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                String[] words = response.body().split(" ");
                int newest = wanted.get();
                assertThat(Integer.parseInt(words[0])).isBetween(Math.max(1, version), newest);
                assertThat(Integer.parseInt(words[1])).isEqualTo(visits + 1);
                version = Integer.parseInt(words[0]);
                visits++;
            }
        }
    }
}
