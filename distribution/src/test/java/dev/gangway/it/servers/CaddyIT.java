package dev.gangway.it.servers;

import static dev.gangway.it.harness.WebServer.CADDY;
import static dev.gangway.it.servers.Limit.BREAK_UNNOTICED;
import static dev.gangway.it.servers.Limit.LEAVING_UNNOTICED;
import static dev.gangway.it.servers.Limit.LEAVING_UNNOTICED_WHILE_WRITING;

import org.junit.jupiter.api.Nested;

class CaddyIT extends WithGangway {
    @Nested
    class Tcp extends EveryCase {
        Tcp() {
            super(setup(CADDY, "tcp")
                    .withHugeBodies()
                    .limitedBy(BREAK_UNNOTICED, LEAVING_UNNOTICED, LEAVING_UNNOTICED_WHILE_WRITING));
        }
    }

    @Nested
    class Flush extends EveryCase {
        Flush() {
            super(setup(CADDY, "flush").limitedBy(BREAK_UNNOTICED, LEAVING_UNNOTICED));
        }
    }
}
