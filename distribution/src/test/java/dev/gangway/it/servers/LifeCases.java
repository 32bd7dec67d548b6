package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Exchanges that take their time, and those of which one side leaves in the middle. */
interface LifeCases {
    /** More than servers collect before they send. */
    int BEFORE_BREAK = 100_000;

    Site site();

    @Test
    @Tag("FCGI-153")
    default void eventsArriveOneByOne() throws IOException {
        if (site().has(Limit.RESPONSE_HELD_BACK)) {
            assertThat(site().text("/probe/sse?count=2&interval=1")).contains("id: 1\n", "id: 2\n", "event: end");
            return;
        }
        try (RawHttp http = site().connect()) {
            // Nearly endless, so what arrives of it arrives while the servlet is still at work.
            RawResponse response = http.exchange(RawRequest.get("/probe/sse?count=100000&interval=500"));

            assertThat(response.value("Content-Type")).startsWith("text/event-stream");
            assertThat(line(response)).isEqualTo("id: 1");
            assertThat(line(response)).startsWith("data:");
            assertThat(line(response)).isEmpty();
            assertThat(line(response)).isEqualTo("id: 2");
        }
    }

    @Test
    @Tag("FCGI-66")
    default void answerArrivesWhileTheClientStillSends() throws IOException {
        boolean late = Stream.of(Limit.UPLOAD_SPOOLED, Limit.RESPONSE_HELD_BACK, Limit.ANSWER_AFTER_UPLOAD)
                .anyMatch(site()::has);
        try (Dialogue dialogue = new Dialogue(site().port(), 3)) {
            dialogue.say(0);
            if (late) {
                assertThat(dialogue.isSilent()).isTrue();
                dialogue.say(1);
            } else {
                dialogue.awaitEcho(0);
                dialogue.say(1);
                dialogue.awaitEcho(1);
            }
            dialogue.say(2);
            dialogue.awaitEcho(2);
        }
    }

    @Test
    default void asynchronousAnswerArrives() throws IOException {
        assertThat(site().text("/probe/async?ms=50")).contains("50");
    }

    @Test
    @Tag("FCGI-92")
    default void clientThatLeavesWhileTheServletWaitsIsNoticed() throws IOException {
        // The application must be asked meanwhile.
        site().assumeNot(Limit.ONE_AT_A_TIME);
        boolean unnoticed = site().has(Limit.LEAVING_UNNOTICED);
        String id = UUID.randomUUID().toString();
        RawHttp http = site().connect();
        // Where nothing is noticed the servlet runs to its end, so that must not be far away.
        http.send(RawRequest.get("/probe/wait-async?ms=" + (unnoticed ? 1000 : 60_000) + "&id=" + id));
        awaitBegun(id);

        http.close();

        assertThat(ending(id)).startsWith(unnoticed ? "completed" : "failed");
    }

    @Test
    @Tag("FCGI-92")
    default void clientThatLeavesWhileTheServletWritesIsNoticed() throws IOException {
        // The application must be asked meanwhile.
        site().assumeNot(Limit.ONE_AT_A_TIME);
        boolean unnoticed = site().has(Limit.LEAVING_UNNOTICED_WHILE_WRITING);
        String id = UUID.randomUUID().toString();
        RawHttp http = site().connect();
        http.send(RawRequest.get("/probe/wait?mode=write&ms=" + (unnoticed ? 1000 : 60_000) + "&id=" + id));
        awaitBegun(id);

        try (RawHttp companion = site().connect()) {
            // On a multiplexed connection of its own the request would be noticed.
            companion.send(RawRequest.get("/probe/wait-async?ms=3000&id=companion-" + id));
            awaitBegun("companion-" + id);
            http.close();

            assertThat(ending(id)).startsWith(unnoticed ? "completed" : "failed");
        }
    }

    @Test
    @Tag("FCGI-92")
    default void clientThatLeavesDuringUploadIsNoticed() throws IOException {
        // The application would never hear of the request.
        site().assumeNot(Limit.UPLOAD_SPOOLED);
        String id = UUID.randomUUID().toString();
        RawHttp http = site().connect();
        http.send("POST /probe/wait?mode=silent&ms=1&id=" + id + " HTTP/1.1\r\nHost: " + RawRequest.HOST
                + "\r\nContent-Length: 1000000\r\n\r\n");
        http.send("x".repeat(200_000));
        awaitBegun(id);

        http.close();

        assertThat(ending(id)).startsWith("failed");
    }

    @Test
    @Tag("FCGI-147")
    default void brokenResponseWithoutLengthIsNoticed() throws IOException {
        int pauseMillis = site().has(Limit.BREAK_UNNOTICED_AT_ONCE) ? 3000 : 0;
        RawRequest request = RawRequest.get("/probe/fail?when=after&size=" + BEFORE_BREAK + "&ms=" + pauseMillis);

        try (RawHttp http = site().connect()) {
            if (site().has(Limit.BREAK_UNNOTICED_SHARED)) {
                assertThat(isWholeBesideAnother(http, request)).isTrue();
                return; // Nobody knows what else the web server has had on a connection before, so not on its own.
            }
            boolean unnoticed = site().has(Limit.BREAK_UNNOTICED) || site().has(Limit.BREAK_PADDED);
            assertThat(isWholeResponse(http, request)).isEqualTo(unnoticed);
        }
    }

    @Test
    @Tag("FCGI-147")
    default void brokenResponseWithLengthIsNoticed() throws IOException {
        RawRequest request = RawRequest.get("/probe/fail?when=after&length=true&size=" + BEFORE_BREAK);

        try (RawHttp http = site().connect()) {
            if (site().has(Limit.BREAK_LEAVES_CLIENT_WAITING)) {
                RawResponse response = http.exchange(request);
                assertThat(response.value("Content-Length")).isEqualTo(Integer.toString(BEFORE_BREAK + 1));
                assertThat(response.body().readNBytes(BEFORE_BREAK)).hasSize(BEFORE_BREAK);
                return; // The missing byte would be waited for in vain.
            }
            assertThat(isWholeResponse(http, request)).isEqualTo(site().has(Limit.BREAK_PADDED));
        }
    }

    @Test
    default void sessionIsKept() throws IOException {
        RawRequest first = RawRequest.get("/probe/session");
        site().exchange(first, response -> {
            String cookie = response.value("Set-Cookie").split(";")[0];
            assertThat(response.json().get("count")).isEqualTo(1L);

            site().exchange(first.header("Cookie", cookie), again -> {
                assertThat(again.json().get("count")).isEqualTo(2L);
                assertThat(again.value("Set-Cookie")).isNull();
            });
        });
    }

    private void awaitBegun(String id) {
        Await.until("request " + id + " has begun", () -> !endingNow(id).equals("unknown"));
    }

    private String ending(String id) {
        Await.until("request " + id + " ends", () -> !endingNow(id).equals("running"));
        return endingNow(id);
    }

    private String endingNow(String id) {
        try (RawHttp http = site().connect()) {
            return http.exchange(RawRequest.get("/probe/ended?id=" + id)).text();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isWholeResponse(RawHttp http, RawRequest request) {
        try {
            RawResponse response = http.exchange(request);
            return response.status() == 200 && response.isComplete();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isWholeBesideAnother(RawHttp http, RawRequest request) throws IOException {
        String id = UUID.randomUUID().toString();
        try (RawHttp companion = site().connect()) {
            companion.send(RawRequest.get("/probe/wait-async?ms=10000&id=" + id));
            awaitBegun(id);
            return isWholeResponse(http, request);
        }
    }

    private static String line(RawResponse response) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = response.body().read(); c != '\n'; c = response.body().read()) {
            assertThat(c).as("response ends").isNotNegative();
            line.append((char) c);
        }
        return line.toString();
    }
}
