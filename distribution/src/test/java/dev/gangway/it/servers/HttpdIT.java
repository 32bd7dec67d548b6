package dev.gangway.it.servers;

import static dev.gangway.it.harness.WebServer.HTTPD;
import static dev.gangway.it.servers.Limit.ENCODED_SLASH_NOT_FOUND;
import static dev.gangway.it.servers.Limit.HEAD_LENGTH_DROPPED;
import static dev.gangway.it.servers.Limit.LEAVING_UNNOTICED;
import static dev.gangway.it.servers.Limit.UNDERSCORE_DROPPED;

import org.junit.jupiter.api.Nested;

class HttpdIT extends WithGangway {
    @Nested
    class Tcp extends EveryCase {
        Tcp() {
            super(setup(HTTPD, "tcp")
                    .withHugeBodies()
                    .limitedBy(UNDERSCORE_DROPPED, ENCODED_SLASH_NOT_FOUND, HEAD_LENGTH_DROPPED, LEAVING_UNNOTICED));
        }
    }

    @Nested
    class Unix extends EveryCase {
        Unix() {
            super(setup(HTTPD, "unix")
                    .limitedBy(UNDERSCORE_DROPPED, ENCODED_SLASH_NOT_FOUND, HEAD_LENGTH_DROPPED, LEAVING_UNNOTICED));
        }
    }

    @Nested
    class Reuse extends EveryCase {
        Reuse() {
            super(setup(HTTPD, "reuse")
                    .limitedBy(UNDERSCORE_DROPPED, ENCODED_SLASH_NOT_FOUND, HEAD_LENGTH_DROPPED, LEAVING_UNNOTICED));
        }
    }
}
