package dev.gangway.it.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.util.List;

/** Some applications in one process, behind nginx. */
record Behind(GangwayProcess gangway, RunningServer nginx) {
    static Behind nginx(List<String> applications, String... options) {
        GangwayProcess gangway = GangwayProcess.start(applications, options);
        return new Behind(gangway, RunningServer.start(WebServer.NGINX, "keepalive", gangway.placeholders()));
    }

    int port() {
        return nginx.port();
    }

    /** Where Gangway itself listens. */
    String socket() {
        return gangway.placeholders().get("fcgi.socket");
    }

    /** The text of an answer with status 200. */
    String get(String target) throws IOException {
        RawResponse response = exchange(RawRequest.get(target));
        String text = response.text();
        assertThat(response.status()).as(target + " answers " + text).isEqualTo(200);
        return text;
    }

    /** A response that has been read. */
    RawResponse exchange(RawRequest request) throws IOException {
        return RawHttp.once(port(), request);
    }

    String log() {
        return gangway.log();
    }

    /** Stops both, and returns what Gangway has said; it must end as it should. */
    String stop() {
        nginx.close();
        int exitCode = gangway.stop();
        String log = gangway.log();
        gangway.close();

        assertThat(exitCode).as(log).isZero();
        // Jetty keeps static content in buffers as long as the application lives.
        if (!log.contains("CachingHttpContentFactory")) {
            assertThat(log).doesNotContain("Buffers not given back");
        }
        return log;
    }
}
