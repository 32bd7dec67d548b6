package dev.gangway.it.servers;

import dev.gangway.it.harness.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** All cases behind one web server set up in one way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EveryCase implements RequestCases, BodyCases, ResponseCases, LifeCases, LoadCases {
    private final Setup setup;
    private RunningServer running;
    private Site site;

    EveryCase(Setup setup) {
        this.setup = setup;
    }

    @BeforeAll
    void startServer() {
        running = RunningServer.start(
                setup.server(), setup.mode(), setup.application().get());
        site = new Site(running.port(), setup.limits(), setup.largestBody());
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
