package dev.gangway.it.servers;

import static dev.gangway.it.harness.WebServer.H2O;
import static dev.gangway.it.servers.Limit.BREAK_UNNOTICED;
import static dev.gangway.it.servers.Limit.LEAVING_UNNOTICED;
import static dev.gangway.it.servers.Limit.UPLOAD_SPOOLED;

import org.junit.jupiter.api.Nested;

class H2oIT extends WithGangway {
    @Nested
    class Tcp extends EveryCase {
        Tcp() {
            super(setup(H2O, "tcp").limitedBy(BREAK_UNNOTICED, LEAVING_UNNOTICED, UPLOAD_SPOOLED));
        }
    }
}
