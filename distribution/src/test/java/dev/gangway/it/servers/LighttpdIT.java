package dev.gangway.it.servers;

import static dev.gangway.it.harness.WebServer.LIGHTTPD;
import static dev.gangway.it.servers.Limit.BREAK_UNNOTICED;
import static dev.gangway.it.servers.Limit.EMPTY_HEADER_DROPPED;
import static dev.gangway.it.servers.Limit.LEAVING_UNNOTICED;
import static dev.gangway.it.servers.Limit.LEAVING_UNNOTICED_WHILE_WRITING;
import static dev.gangway.it.servers.Limit.LENGTH_REQUIRED;
import static dev.gangway.it.servers.Limit.RESPONSE_HELD_BACK;
import static dev.gangway.it.servers.Limit.UPLOAD_SPOOLED;

import org.junit.jupiter.api.Nested;

class LighttpdIT extends WithGangway {
    @Nested
    class Tcp extends EveryCase {
        Tcp() {
            super(setup(LIGHTTPD, "tcp")
                    .withHugeBodies()
                    .limitedBy(EMPTY_HEADER_DROPPED, LENGTH_REQUIRED, UPLOAD_SPOOLED, LEAVING_UNNOTICED));
        }
    }

    @Nested
    class Unix extends EveryCase {
        Unix() {
            super(setup(LIGHTTPD, "unix")
                    .limitedBy(EMPTY_HEADER_DROPPED, LENGTH_REQUIRED, UPLOAD_SPOOLED, LEAVING_UNNOTICED));
        }
    }

    @Nested
    class Buffered extends EveryCase {
        Buffered() {
            super(setup(LIGHTTPD, "buffered")
                    .limitedBy(
                            EMPTY_HEADER_DROPPED,
                            LENGTH_REQUIRED,
                            UPLOAD_SPOOLED,
                            LEAVING_UNNOTICED,
                            LEAVING_UNNOTICED_WHILE_WRITING,
                            RESPONSE_HELD_BACK,
                            BREAK_UNNOTICED));
        }
    }
}
