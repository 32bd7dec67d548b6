package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import java.io.IOException;
import java.util.Set;

/**
 * A web server with the sample application behind it, as a case sees it.
 *
 * @param port         where the web server listens
 * @param limits       what it does not do
 * @param largestBody  how much a case may send in one request or ask for in one response
 */
record Site(int port, Set<Limit> limits, long largestBody) {
    boolean has(Limit limit) {
        return limits.contains(limit);
    }

    /** Reports a case as skipped, with the reason, if the web server does not do what the case is about. */
    void assumeNot(Limit limit) {
        assumeFalse(has(limit), () -> "the web server " + limit);
    }

    RawHttp connect() {
        return new RawHttp(port);
    }

    /** Sends one request on a connection of its own, and hands the whole response to the test. */
    void exchange(RawRequest request, Check check) throws IOException {
        try (RawHttp http = connect()) {
            check.accept(http.exchange(request));
        }
    }

    /** How the servlet sees a request. */
    Echo echo(RawRequest request) throws IOException {
        try (RawHttp http = connect()) {
            return Echo.of(http.exchange(request));
        }
    }

    /** The text of an answer with status 200. */
    String text(String target) throws IOException {
        try (RawHttp http = connect()) {
            RawResponse response = http.exchange(RawRequest.get(target));
            String text = response.text();
            assertThat(response.status()).as(target + " answers " + text).isEqualTo(200);
            return text;
        }
    }

    /** What a test has to say about a response. */
    interface Check {
        void accept(RawResponse response) throws IOException;
    }
}
