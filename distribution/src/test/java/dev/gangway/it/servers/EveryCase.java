package dev.gangway.it.servers;

import dev.gangway.it.harness.RunningServer;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** All cases behind one web server set up in one way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EveryCase implements RequestCases, BodyCases, ResponseCases, LifeCases, LoadCases {
    private final Mode mode;
    private final Supplier<Map<String, String>> application;
    private RunningServer running;
    private Site site;

    /** The application tells where the configuration finds Gangway; it is asked when the web server starts. */
    EveryCase(Mode mode, Supplier<Map<String, String>> application) {
        this.mode = mode;
        this.application = application;
    }

    @BeforeAll
    void startServer() {
        running = RunningServer.start(mode.server(), mode.configuration(), application.get());
        site = new Site(running.port(), mode.limits(), mode.largestBody());
    }

    @AfterAll
    void stopServer() {
        if (running != null) {
            running.close();
        }
    }

    @Override
    public Site site() {
        return site;
    }
}
