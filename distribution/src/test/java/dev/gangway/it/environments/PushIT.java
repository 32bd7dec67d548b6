package dev.gangway.it.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.Body;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebApplication;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Vaadin's push, which is Atmosphere's, by long polling behind nginx as its page sets it up. */
class PushIT {
    private static final Path LIBRARIES = Path.of(System.getProperty("gangway.applications"), "libraries");
    private static final List<String> VAADIN = List.of(
            "vaadin-server-8.14.3",
            "vaadin-shared-8.14.3",
            "vaadin-push-8.14.3",
            "atmosphere-runtime-2.4.30.vaadin4",
            "vaadin-slf4j-jdk14-1.6.1",
            "gentyref-1.2.0.vaadin1",
            "gwt-elemental-2.8.2.vaadin2",
            "jsoup-1.14.3");

    /** After this the application ends a poll: its {@code pushLongPollingSuspendTimeout}. */
    private static final Duration SUSPENDED = Duration.ofSeconds(1);

    private static TempFolder folder;
    private static Behind site;

    @BeforeAll
    static void start() throws IOException {
        folder = TempFolder.create("push");
        WebApplication application = WebApplication.create(folder.resolve("board"), Environment.EE8);
        for (String library : VAADIN) {
            application.library(LIBRARIES.resolve(library + ".jar"));
        }
        Path war = application.classes("push/classes").pack(folder.resolve("board.war"));
        GangwayProcess gangway = GangwayProcess.start(List.of("/=" + war));
        site = new Behind(gangway, RunningServer.start(WebServer.NGINX, "push", gangway.placeholders()));
    }

    @AfterAll
    static void stop() {
        site.stop();
        folder.close();
    }

    /** What a browser knows of its page, to ask for what is pushed to it. */
    private record Page(String cookie, String channel, String id) {
        static Page open() throws IOException {
            String cookie =
                    site.exchange(RawRequest.get("/board/")).value("Set-Cookie").split(";")[0];
            String content = site.exchange(
                            RawRequest.post("/board/?v-1", Body.of("v-browserDetails=1&v-appId=board&v-loc=/board/"))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .header("Cookie", cookie))
                    .text();
            String channel = "/board/PUSH?v-uiId=0&v-pushId=" + found("Push-ID[\\\\\":]+([0-9a-f-]{36})", content)
                    + "&X-Atmosphere-Framework=2.3.2.vaadin2-javascript&X-Atmosphere-Transport=long-polling"
                    + "&X-Atmosphere-TrackMessageSize=true";
            String greeting = site.exchange(RawRequest.get(channel + "&X-Atmosphere-tracking-id=0&X-atmo-protocol=true")
                            .header("Cookie", cookie))
                    .text();
            return new Page(cookie, channel, found("\\|([0-9a-f-]{36})\\|", greeting));
        }

        private static String found(String pattern, String text) {
            Matcher matcher = Pattern.compile(pattern).matcher(text);
            assertThat(matcher.find()).as(text).isTrue();
            return matcher.group(1);
        }

        RawRequest poll() {
            return RawRequest.get(channel + "&X-Atmosphere-tracking-id=" + id).header("Cookie", cookie);
        }
    }

    /** The answer to a poll that has been sent, or else to one of those after it. */
    private static String pushed(RawHttp http, RawRequest poll) throws IOException {
        long deadline = System.nanoTime() + Await.DEADLINE.toNanos();
        String text = text(http.receive(poll));
        while (text.isEmpty() && System.nanoTime() < deadline) {
            text = text(http.exchange(poll));
        }
        return text;
    }

    private static String text(RawResponse response) {
        String text = response.text().strip();
        assertThat(response.status()).as(text).isEqualTo(200);
        return text;
    }

    @Test
    void pollGetsWhatAnotherRequestHasPushed() throws IOException {
        Page page = Page.open();

        for (String word : List.of("first", "second", "third")) {
            try (RawHttp http = new RawHttp(site.port())) {
                http.send(page.poll());
                RawResponse told = site.exchange(RawRequest.post("/tell?" + word, Body.of("")));

                assertThat(told.status()).isEqualTo(204);
                assertThat(pushed(http, page.poll())).contains(word);
            }
        }
    }

    @Test
    void pollThatGetsNothingIsEndedByTheApplication() throws IOException {
        Page page = Page.open();
        long begin = System.nanoTime();

        RawResponse response = site.exchange(page.poll());

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isBlank();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(SUSPENDED);
    }
}
