package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests of a web server that connects to a running Gangway: one process for all its modes. */
abstract class WithGangway {
    private static GangwayProcess gangway;

    @BeforeAll
    static void startGangway() {
        gangway = GangwayProcess.start();
    }

    @AfterAll
    static void stopGangway() {
        if (gangway == null) {
            return; // The failure to start it is told already.
        }
        int exitCode = gangway.stop();
        String log = gangway.log();
        gangway.close();
        gangway = null;

        assertThat(exitCode).as(log).isZero();
        // Jetty keeps static content in buffers as long as the application lives.
        if (!log.contains("CachingHttpContentFactory")) {
            assertThat(log).doesNotContain("Buffers not given back");
        }
    }

    static RunningServer startServer(Mode mode) {
        return RunningServer.start(mode.server(), mode.configuration(), gangway.placeholders());
    }

    /** All cases in one mode of the server. */
    abstract static class Behind extends EveryCase {
        Behind(Mode mode) {
            super(mode, () -> gangway.placeholders());
        }
    }
}
