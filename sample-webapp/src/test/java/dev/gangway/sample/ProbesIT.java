package dev.gangway.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final SampleServer SERVER = SampleServer.plain();

    @Test
    void echoTellsTheRequest() throws Exception {
        HttpResponse<String> response = SERVER.send(SERVER.request("/probe/echo/a%20b?x=1&x=2&y")
                .header("X-Same", "1")
                .header("X-Same", "2")
                .header("Cookie", "a=1; b=2")
                .method("PATCH", BodyPublishers.ofString("hello"))
                .build());

        JsonObject echo = json(response);
        assertThat(echo.getString("method")).isEqualTo("PATCH");
        assertThat(echo.getString("requestURI")).isEqualTo("/sample/probe/echo/a%20b");
        assertThat(echo.getString("contextPath")).isEqualTo("/sample");
        assertThat(echo.getString("servletPath")).isEqualTo("/probe/echo");
        assertThat(echo.getString("pathInfo")).isEqualTo("/a b");
        assertThat(echo.getString("queryString")).isEqualTo("x=1&x=2&y");
        assertThat(echo.get("parameters")).hasToString("{\"x\":[\"1\",\"2\"],\"y\":[\"\"]}");
        assertThat(echo.get("headers").toString()).contains("[\"X-Same\",\"1\"],[\"X-Same\",\"2\"]");
        assertThat(echo.get("cookies").toString()).contains("[\"a\",\"1\"],[\"b\",\"2\"]");
        assertThat(echo.getInt("bodyLength")).isEqualTo(5);
        assertThat(echo.getString("bodySha256")).isEqualTo(PagesIT.sha256("hello".getBytes()));
        assertThat(echo.getInt("serverPort")).isEqualTo(SERVER.uri("/").getPort());
    }

    @Test
    void echoShowsAFormAsParameters() throws Exception {
        JsonObject echo = json(SERVER.post(
                "/probe/echo", "application/x-www-form-urlencoded", BodyPublishers.ofString("name=%C3%A4")));

        assertThat(echo.get("parameters")).hasToString("{\"name\":[\"ä\"]}");
        assertThat(echo.getInt("bodyLength")).isZero();
    }

    @Test
    void echoSurvivesParametersThatCannotBeDecoded() throws Exception {
        JsonObject echo = json(SERVER.get("/probe/echo?x=%ff"));

        assertThat(echo.getString("queryString")).isEqualTo("x=%ff");
        assertThat(echo.isNull("parameters")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bytesCanBePredicted(boolean length) throws Exception {
        HttpResponse<byte[]> response = SERVER.bytes("/probe/bytes?n=100001&seed=7&length=" + length);

        byte[] expected = new byte[100_001];
        new SplittableRandom(7).nextBytes(expected);
        assertThat(response.body()).isEqualTo(expected);
        assertThat(response.headers().firstValue("Content-Length").isPresent()).isEqualTo(length);
    }

    @Test
    void sinkCountsAndHashes() throws Exception {
        byte[] body = new byte[50_000];

        JsonObject answer = json(SERVER.post("/probe/sink?delayMillis=1", body));

        assertThat(answer.getInt("bytes")).isEqualTo(50_000);
        assertThat(answer.getString("sha256")).isEqualTo(PagesIT.sha256(body));
    }

    @Test
    void statusTakesBodyLocationAndHeaders() throws Exception {
        HttpResponse<String> response =
                SERVER.get("/probe/status?code=418&body=teapot&location=/there&h=X-One:1&h=X-Two:a:b");

        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.body()).isEqualTo("teapot");
        assertThat(response.headers().firstValue("Location")).hasValue("/there");
        assertThat(response.headers().firstValue("X-One")).hasValue("1");
        assertThat(response.headers().firstValue("X-Two")).hasValue("a:b");
    }

    @Test
    void answersMayRunNothingInABrowser() throws Exception {
        HttpResponse<String> response = SERVER.get("/probe/status?body=%3Cscript%3E&h=Content-Type:text/html");

        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(response.headers().firstValue("Content-Security-Policy")).hasValue("default-src 'none'; sandbox");
    }

    @Test
    void cookiesAreTwoHeaders() throws Exception {
        assertThat(SERVER.get("/probe/cookies").headers().allValues("Set-Cookie"))
                .hasSize(2)
                .anyMatch(cookie -> cookie.startsWith("first=1"))
                .anyMatch(cookie -> cookie.startsWith("second=2") && cookie.contains("SameSite=Lax"));
    }

    @Test
    void redirectGoesWhereItIsTold() throws Exception {
        HttpResponse<String> response = SERVER.get("/probe/redirect?to=/elsewhere");

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(URI.create(response.headers().firstValue("Location").orElseThrow()))
                .hasPath("/elsewhere");
    }

    @Test
    void headersAreAsManyAndAsLongAsAsked() throws Exception {
        HttpResponse<String> response = SERVER.get("/probe/headers?count=5&size=100");

        assertThat(response.headers().map())
                .containsKeys("x-probe-1", "x-probe-5")
                .doesNotContainKey("x-probe-6");
        assertThat(response.headers().firstValue("X-Probe-5")).hasValue("x".repeat(100));
    }

    @Test
    void sessionIsKept() throws Exception {
        JsonObject first = json(SERVER.get("/probe/session"));
        JsonObject second = json(SERVER.get("/probe/session"));

        assertThat(second.getString("id")).isEqualTo(first.getString("id"));
        assertThat(second.getInt("count")).isEqualTo(first.getInt("count") + 1);
    }

    @Test
    void asyncAnswersLater() throws Exception {
        assertThat(SERVER.get("/probe/async?ms=1").body()).isEqualTo("{\"ms\":1}");
    }

    @Test
    void failureBeforeCommitEndsOnTheErrorPage() throws Exception {
        HttpResponse<String> response = SERVER.get("/probe/fail?when=before");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("failed before commit");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failureAfterCommitCutsTheBody(boolean length) {
        assertThatThrownBy(() -> SERVER.get("/probe/fail?when=after&size=10&length=" + length))
                .isInstanceOf(IOException.class);
    }

    @Test
    void earlyAnswersBeforeTheBodyComes() throws Exception {
        String head = "POST /sample/probe/early HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", SERVER.uri("/").getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));

            byte[] answer = socket.getInputStream().readNBytes(12);

            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait?mode=write&", "wait?mode=silent&", "wait-async?"})
    void waitIsRecordedAsCompleted(String probe) throws Exception {
        String id = "completes-" + probe.hashCode();

        SERVER.get("/probe/" + probe + "ms=1&id=" + id);

        awaitEnding(id, "completed");
    }

    @Test
    void clientThatLeavesIsRecorded() throws Exception {
        HttpResponse<InputStream> response = SERVER.open("/probe/wait?id=leaves&ms=600000");
        assertThat(response.body().read()).isEqualTo('.');
        assertThat(SERVER.get("/probe/ended?id=leaves").body()).isEqualTo("running");

        response.body().close();

        awaitEnding("leaves", "failed: org.eclipse.jetty.io.EofException");
    }

    @Test
    void unknownRequestHasNoEnding() throws Exception {
        HttpResponse<String> response = SERVER.get("/probe/ended?id=nobody");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("unknown");
    }

    private static void awaitEnding(String id, String expected) {
        assertTimeoutPreemptively(PATIENCE, () -> {
            String ending = "running";
            while (ending.equals("running")) {
                ending = SERVER.get("/probe/ended?id=" + id).body();
            }
            assertThat(ending).isEqualTo(expected);
        });
    }

    private static JsonObject json(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        return Json.createReader(new StringReader(response.body())).readObject();
    }
}
