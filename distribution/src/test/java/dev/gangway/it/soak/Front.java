package dev.gangway.it.soak;

import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RunningServer;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server that is restarted now and then. */
final class Front implements AutoCloseable {
    private final String name;
    private final RunningServer server;
    private final AtomicInteger faults = new AtomicInteger();

    Front(String name, RunningServer server) {
        this.name = name;
        this.server = server;
    }

    RawHttp connect() {
        return new RawHttp(server.port());
    }

    /** Ends it as a service manager does, or as a crash does, and starts it again. */
    void restart(boolean crash) {
        faults.incrementAndGet();
        try {
            if (crash) {
                server.crash();
            } else {
                server.restart();
            }
        } finally {
            faults.incrementAndGet();
        }
    }

    /** {@return a number that is odd while it is not there, and another one afterwards} */
    int faults() {
        return faults.get();
    }

    String log() {
        return server.log();
    }

    @Override
    public void close() {
        server.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
