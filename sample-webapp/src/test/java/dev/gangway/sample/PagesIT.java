package dev.gangway.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesIT {
    @RegisterExtension
    static final SampleServer SERVER = SampleServer.plain();

    @ParameterizedTest
    @ValueSource(strings = {"/", "/upload", "/stream", "/async", "/session", "/jsp", "/errors"})
    void everyPageOfTheMenuMarksItself(String path) throws Exception {
        HttpResponse<String> response = SERVER.get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'self'");
        assertThat(response.body()).contains("<li><a href=\"/sample" + path + "\" aria-current=\"page\">", "</html>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sample.css", "sample.js", "flags.svg", "icon.svg"})
    void frameComesFromItsJar(String name) throws Exception {
        assertThat(SERVER.get("/frame/" + name).statusCode()).isEqualTo(200);
    }

    @Test
    void formUploadIsAnsweredWithItsChecksum() throws Exception {
        String form =
                """
                --cut\r
                Content-Disposition: form-data; name="file"; filename="<b>ahoy.txt"\r
                Content-Type: text/plain\r
                \r
                hello\r
                --cut--\r
                """;

        String page = SERVER.post("/upload", "multipart/form-data; boundary=cut", BodyPublishers.ofString(form))
                .body();

        assertThat(page).contains("&lt;b&gt;ahoy.txt", "5 bytes", sha256("hello".getBytes(UTF_8)));
        assertThat(page).doesNotContain("<b>");
    }

    @Test
    void formWithoutFileIsRefusedInWords() throws Exception {
        String form = "--cut\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--cut--\r\n";

        HttpResponse<String> response =
                SERVER.post("/upload", "multipart/form-data; boundary=cut", BodyPublishers.ofString(form));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("The form has no file.");
    }

    @Test
    void scriptUploadIsAnsweredWithItsChecksum() throws Exception {
        byte[] file = new byte[1_000_003];

        String answer = SERVER.post("/upload", file).body();

        assertThat(answer).isEqualTo("{\"bytes\":1000003,\"sha256\":\"" + sha256(file) + "\"}");
    }

    @Test
    void eventsArriveBeforeTheStreamEnds() throws Exception {
        HttpResponse<InputStream> response = SERVER.open("/stream/events?count=2&interval=60000");

        try (BufferedReader reader = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            assertThat(response.headers().firstValue("X-Accel-Buffering")).hasValue("no");
            assertThat(reader.readLine()).isEqualTo("id: 1");
            assertThat(reader.readLine()).startsWith("data: {\"tick\": 1, \"of\": 2, \"time\": ");
            assertThat(reader.readLine()).isEmpty();
        }
    }

    @Test
    void streamHasAllEventsAndAnEnd() throws Exception {
        List<String> events =
                List.of(SERVER.get("/probe/sse?count=3&interval=1").body().split("\n\n"));

        assertThat(events).hasSize(4);
        assertThat(events.get(2)).startsWith("id: 3\ndata: ");
        assertThat(events.get(3)).isEqualTo("event: end\ndata: {}");
    }

    @Test
    void streamPageGrowsWithoutScript() throws Exception {
        assertThat(SERVER.get("/stream?count=2&interval=1").body())
                .contains("<li><span>1 of 2</span>", "<li><span>2 of 2</span>", "</html>");
    }

    @Test
    void asyncPageIsAnsweredByTheTimer() throws Exception {
        assertThat(SERVER.get("/async?ms=1").body())
                .contains("<dt>Answered by</dt><dd><samp>sample-timer</samp>", "</html>");
    }

    @Test
    void sessionCountsAndForgets() throws Exception {
        SERVER.post("/session", new byte[0]);

        assertThat(SERVER.get("/session").body()).contains("<output>1</output> visit<");
        assertThat(SERVER.get("/session").body()).contains("<output>2</output> visits<");
        HttpResponse<String> forgotten = SERVER.post("/session", new byte[0]);
        assertThat(forgotten.statusCode()).isEqualTo(302);
        assertThat(forgotten.headers().firstValue("Location").orElseThrow()).endsWith("/sample/session");
        assertThat(SERVER.get("/session").body()).contains("<output>1</output> visit<");
    }

    @Test
    void jspGreetsAndEscapes() throws Exception {
        String page = SERVER.get("/jsp?name=%3Cb%3EAda").body();

        assertThat(page).contains("Ahoy, &lt;b&gt;Ada!", "<samp>/sample/jsp</samp>", "<samp>42</samp>");
        assertThat(page).doesNotContain("<b>");
    }

    @Test
    void missingPageEndsOnTheErrorPage() throws Exception {
        HttpResponse<String> response = SERVER.get("/no/%3Cb%3E");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("There is nothing here", "<samp>/sample/no/%3Cb%3E</samp>");
    }

    @Test
    void exceptionEndsOnTheErrorPage() throws Exception {
        HttpResponse<String> response = SERVER.get("/broken");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body())
                .contains("java.lang.IllegalStateException: This servlet is broken on purpose.")
                .doesNotContain("\tat ");
    }

    @Test
    void errorPageAnswersAnyMethod() throws Exception {
        HttpResponse<String> response = SERVER.post("/errors", new byte[0]);

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.body()).contains("Not with this method");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/async?ms=soon", "/stream?count=0", "/probe/status?code=42"})
    void badQueryIsRefusedInWords(String path) throws Exception {
        HttpResponse<String> response = SERVER.get(path);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("must be a number from");
    }

    static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
