package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Status, headers and body reach the client as the servlet wrote them. */
interface ResponseCases {
    Site site();

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 299, 400, 403, 404, 410, 422, 500, 503})
    @Tag("FCGI-143")
    default void statusArrives(int status) throws IOException {
        site().exchange(RawRequest.get("/probe/status?body=told&code=" + status), response -> {
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.text()).isEqualTo("told");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    default void statusWithoutBodyLeavesTheConnectionUsable(int status) throws IOException {
        assertEmptyAndUsable(RawRequest.get("/probe/status?h=X-Seen:yes&code=" + status), status);
    }

    /** HAProxy adds a length of its own, and two of them are no valid response over HTTP/2. */
    @ParameterizedTest
    @ValueSource(strings = {"204&h=Content-Length:0", "304&h=Content-Length:0", "304&h=Content-Length:12"})
    @Tag("FCGI-147")
    default void statusWithoutBodyHasNoLengthTwice(String status) throws IOException {
        site().exchange(RawRequest.get("/probe/status?code=" + status), response -> assertThat(
                        response.values("Content-Length"))
                .hasSizeLessThan(2)
                .doesNotContain("12"));
    }

    @Test
    @Tag("FCGI-140")
    default void headHasTheHeadersAlone() throws IOException {
        RawRequest request = RawRequest.of("HEAD", "/probe/bytes?n=12345");

        try (RawHttp http = site().connect()) {
            RawResponse response = http.exchange(request);

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.value("Content-Length")).isEqualTo("12345");
            assertThat(http.exchange(RawRequest.get("/probe/status?body=next")).text())
                    .isEqualTo("next");
        }
    }

    @Test
    @Tag("FCGI-140")
    default void headOfAnErrorLeavesTheConnectionUsable() throws IOException {
        assertEmptyAndUsable(RawRequest.of("HEAD", "/probe/status?code=404&body=told&h=X-Seen:yes"), 404);
    }

    @Test
    @Tag("FCGI-143")
    default void createdResourceIsTold() throws IOException {
        site().exchange(RawRequest.get("/probe/status?code=201&location=/made/1"), response -> {
            assertThat(response.status()).isEqualTo(201);
            assertThat(response.value("Location")).isEqualTo("/made/1");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://other.example/x?a=b", "/probe/echo?redirected", "echo"})
    @Tag("FCGI-143")
    default void redirectArrives(String location) throws IOException {
        site().exchange(RawRequest.get("/probe/redirect?to=" + location.replace("?", "%3F")), response -> {
            assertThat(response.status()).isEqualTo(302);
            assertThat(response.value("Location")).endsWith(location);
        });
    }

    @Test
    @Tag("FCGI-149")
    default void bothCookiesAreSet() throws IOException {
        site().exchange(RawRequest.get("/probe/cookies"), response -> assertThat(response.values("Set-Cookie"))
                .hasSize(2)
                .anyMatch(cookie -> cookie.startsWith("first=1"))
                .anyMatch(cookie -> cookie.startsWith("second=2")));
    }

    @Test
    @Tag("FCGI-149")
    default void repeatedHeaderReachesTheClientWhole() throws IOException {
        site().exchange(RawRequest.get("/probe/status?h=X-Twice:1&h=X-Twice:2"), response -> assertThat(
                        String.join(", ", response.values("X-Twice")))
                .isEqualTo("1, 2"));
    }

    @Test
    default void manyAndLargeHeadersArrive() throws IOException {
        site().exchange(RawRequest.get("/probe/headers?count=12&size=1000"), response -> {
            for (int i = 1; i <= 12; i++) {
                assertThat(response.value("X-Probe-" + i)).hasSize(1000);
            }
        });
    }

    @Test
    @Tag("FCGI-146")
    default void connectionHeadersOfTheServletAreDropped() throws IOException {
        String target = "/probe/status?body=told&h=Transfer-Encoding:chunked&h=Keep-Alive:x&h=Upgrade:y";

        site().exchange(RawRequest.get(target), response -> {
            assertThat(response.text()).isEqualTo("told");
            assertThat(response.value("Upgrade")).isNull();
            assertThat(response.value("Keep-Alive")).isNotEqualTo("x");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("FCGI-147")
    default void hugeResponseArrives(boolean lengthKnown) throws IOException {
        long length = site().largestBody();
        String target = "/probe/bytes?seed=7&n=" + length + "&length=" + lengthKnown;

        try (RawHttp http = site().connect()) {
            RawResponse response = http.exchange(RawRequest.get(target));

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.sha256()).isEqualTo(RandomBytes.sha256(7, length));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8192, 65_535, 100_000})
    default void responseWithoutLengthArrives(int length) throws IOException {
        byte[] expected = new byte[length];
        new SplittableRandom(1).nextBytes(expected);

        site().exchange(
                        RawRequest.get("/probe/bytes?length=false&seed=1&n=" + length),
                        response -> assertThat(response.bytes()).isEqualTo(expected));
    }

    @Test
    default void unknownPageIsNotFound() throws IOException {
        site().exchange(RawRequest.get("/no/such/page"), response -> assertThat(response.status())
                .isEqualTo(404));
    }

    @Test
    default void exceptionBecomesAnErrorPageWithoutItsStack() throws IOException {
        site().exchange(RawRequest.get("/probe/fail?when=before"), response -> {
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text()).isNotEmpty().doesNotContain("at dev.gangway", ".java:");
        });
    }

    private void assertEmptyAndUsable(RawRequest request, int status) throws IOException {
        try (RawHttp http = site().connect()) {
            RawResponse response = http.exchange(request);

            assertThat(response.status()).isEqualTo(status);
            assertThat(response.value("X-Seen")).isEqualTo("yes");
            assertThat(http.exchange(RawRequest.get("/probe/status?body=next")).text())
                    .isEqualTo("next");
        }
    }
}
