package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A response that Gangway does not end, whatever the reason, is not a whole one for the client; others are not cut. */
class CutResponseIT {
    private static final RawRequest ENDLESS = RawRequest.get("/probe/sse?count=100000&interval=20");
    private static final int LARGE = 50_000_000;

    @ParameterizedTest
    @EnumSource(names = {"NGINX_UNBUFFERED", "LIGHTTPD_TCP", "HTTPD_TCP", "HAPROXY_TCP"})
    @Tag("FCGI-72")
    @Tag("FCGI-109")
    void pastTheStopTimeoutItIsSeenToBeCut(Mode mode) throws IOException {
        assertCut(mode, GangwayProcess::stop, "--stop-timeout=1");
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX_UNBUFFERED", "LIGHTTPD_TCP", "HTTPD_TCP", "HAPROXY_TCP"})
    @Tag("FCGI-72")
    void whenTheProcessIsKilledItIsSeenToBeCut(Mode mode) throws IOException {
        assertCut(mode, GangwayProcess::kill);
    }

    private static void assertCut(Mode mode, Consumer<GangwayProcess> end, String... options) throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start(options);
                RunningServer server =
                        RunningServer.start(mode.server(), mode.configuration(), gangway.placeholders());
                RawHttp http = new RawHttp(server.port())) {
            RawResponse response = http.exchange(ENDLESS);
            assertThat(response.status()).isEqualTo(200);
            response.body().read();

            end.accept(gangway);

            assertThat(response.isComplete()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX_UNBUFFERED", "LIGHTTPD_TCP", "HTTPD_TCP", "HAPROXY_TCP", "HAPROXY_MULTIPLEXED"})
    @Tag("FCGI-109")
    void aStopDoesNotCutWhatAClientIsSlowToTake(Mode mode) throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start();
                RunningServer server =
                        RunningServer.start(mode.server(), mode.configuration(), gangway.placeholders());
                RawHttp http = new RawHttp(server.port())) {
            RawResponse response = http.exchange(RawRequest.get("/probe/bytes?length=false&seed=7&n=" + LARGE));
            InputStream body = response.body();
            assertThat(body.readNBytes(100_000)).hasSize(100_000);

            Thread stop = new Thread(gangway::stop);
            stop.start();
            Await.until("it stops", () -> gangway.log().contains("Stopping"));
            // Longer than the second that Jetty gives an idle connection when it stops.
            for (int i = 0; i < 30; i++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                assertThat(body.readNBytes(1000)).hasSize(1000);
            }

            assertThat(body.readAllBytes()).hasSize(LARGE - 130_000);
        }
    }
}
