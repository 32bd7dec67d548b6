package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.Body;
import dev.gangway.it.harness.Browser;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages of the sample in a real browser, through nginx. */
class SamplePagesIT extends WithGangway {
    private static RunningServer nginx;
    private static Browser browser;

    @BeforeAll
    static void openBrowser() {
        nginx = startServer(Mode.NGINX_KEEPALIVE);
        browser = Browser.start("http://127.0.0.1:" + nginx.port());
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
        nginx.close();
    }

    @Test
    void homeShowsHowTheRequestCameIn() {
        browser.open("/");

        assertThat(browser.text("table")).isNotBlank();
        assertThat(browser.text("main")).contains("REQUEST_METHOD", "GET");
    }

    @Test
    void formStaysOnItsTab() {
        browser.open("/");

        browser.click(".try button");

        Await.until("the answer to the POST", () -> browser.text("main").contains("POST"));
        assertThat(browser.text("nav a[aria-current]")).isEqualTo("Request");
        assertThat(browser.count(".title .flag")).isEqualTo(1);
    }

    @Test
    void whoAmIShowsNobody() {
        browser.open("/who");

        assertThat(browser.text("h1")).isEqualTo("Nobody in particular");
        assertThat(browser.text("table")).contains("RESPONDER");
    }

    @Test
    void uploadShowsProgressAndChecksum() throws IOException {
        Body body = Body.ofLength(5_000_000);
        try (TempFolder folder = TempFolder.create("upload")) {
            Path file = folder.resolve("some.bin");
            try (OutputStream out = Files.newOutputStream(file)) {
                body.writeTo(out);
            }
            browser.open("/upload");

            browser.type("#file", file.toString());
            browser.click("#upload button");

            browser.awaitText("#upload-result", body.sha256());
            assertThat(browser.text("#upload-result")).contains("the same");
            assertThat(browser.text("#progress-text")).startsWith("100 %");
        }
    }

    @Test
    void streamShowsEachTickAsItComes() {
        browser.open("/stream");
        browser.retype("#count", "100000");
        browser.retype("#interval", "100");

        browser.click("#stream button");

        Await.until("three ticks are there", () -> browser.count("#ticks li") >= 3);
        assertThat(browser.text("#ticks li")).startsWith("1 of 100000");
        assertThat(browser.text("#stream button")).isEqualTo("Stop");
        browser.click("#stream button");
    }
}
