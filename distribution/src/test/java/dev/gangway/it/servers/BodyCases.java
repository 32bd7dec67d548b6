package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Body;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Request bodies arrive whole, whatever their size and however the client frames them. */
interface BodyCases {
    /** What HAProxy takes in chunks. */
    int SMALL = 12_000;

    Site site();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 8192, 65_535, 65_536, 1_000_000})
    @Tag("FCGI-139")
    default void bodyOfKnownLengthArrives(int length) throws IOException {
        Body body = Body.ofLength(length);

        assertArrives(RawRequest.post("/probe/sink", body), body);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, SMALL, 65_536, 1_000_000})
    @Tag("FCGI-131")
    default void bodyInChunksArrives(int length) throws IOException {
        if (length == 0) {
            site().assumeNot(Limit.EMPTY_CHUNKED_UPLOAD_HANGS);
        }
        Body body = Body.ofLength(length);
        RawRequest request = RawRequest.post("/probe/sink", body).withChunkedBody();

        if (length > SMALL && site().has(Limit.CHUNKED_UPLOAD_SMALL)) {
            site().exchange(request, response -> assertThat(response.status()).isEqualTo(400));
            return;
        }
        assertArrives(request, body);
    }

    @Test
    @Tag("FCGI-155")
    default void hugeBodyArrives() throws IOException {
        Body body = Body.ofLength(site().largestBody());

        assertArrives(RawRequest.post("/probe/sink", body), body);
    }

    @Test
    @Tag("FCGI-155")
    default void hugeBodyInChunksArrives() throws IOException {
        // How the web server refuses it is in bodyInChunksArrives.
        site().assumeNot(Limit.CHUNKED_UPLOAD_SMALL);
        Body body = Body.ofLength(site().largestBody());

        assertArrives(RawRequest.post("/probe/sink", body).withChunkedBody(), body);
    }

    @Test
    @Tag("FCGI-155")
    default void hugeMultipartFormArrives() throws IOException {
        Body file = Body.ofLength(Math.min(site().largestBody(), 100 << 20));
        Body form = Body.concat(
                Body.of("--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"some.bin\"\r\n\r\n"),
                file,
                Body.of("\r\n--limit--\r\n"));
        RawRequest request =
                RawRequest.post("/upload", form).header("Content-Type", "multipart/form-data; boundary=limit");

        site().exchange(request, response -> assertThat(response.text()).contains(file.sha256()));
    }

    @Test
    default void postWithoutBodyArrives() throws IOException {
        int expected = site().has(Limit.LENGTH_REQUIRED) ? 411 : 200;

        site().exchange(RawRequest.of("POST", "/probe/sink"), response -> assertThat(response.status())
                .isEqualTo(expected));
    }

    @Test
    @Tag("FCGI-150")
    default void expectationOfContinueIsMet() throws IOException {
        Body body = Body.ofLength(SMALL);

        assertArrives(RawRequest.post("/probe/sink", body).header("Expect", "100-continue"), body);
    }

    @Test
    default void answerBeforeTheBodyWasReadArrives() throws IOException {
        RawRequest request = RawRequest.post("/probe/early", Body.ofLength(1_000_000));

        site().exchange(request, response -> {
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.text()).isEqualTo("too large\n");
        });
        assertThat(site().text("/probe/echo")).isNotEmpty();
    }

    /** Some web servers read nothing of the answer before they have sent all of the request. */
    @Test
    @Tag("FCGI-66")
    @Tag("FCGI-105")
    default void largeAnswerBesideALargeBodyThatIsNotReadArrives() throws IOException {
        long length = Math.min(site().largestBody(), 20_000_000);
        RawRequest request = RawRequest.post("/probe/bytes?n=3000000", Body.ofLength(length));

        site().exchange(request, response -> {
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.bytes()).hasSize(3_000_000);
        });
        assertThat(site().text("/probe/echo")).isNotEmpty();
    }

    private void assertArrives(RawRequest request, Body body) throws IOException {
        try (RawHttp http = site().connect()) {
            RawResponse response = http.exchange(request);

            assertThat(response.status()).isEqualTo(200);
            Map<?, ?> seen = response.json();
            assertThat(seen.get("bytes")).isEqualTo(body.length());
            assertThat(seen.get("sha256")).isEqualTo(body.sha256());
        }
    }
}
