package dev.gangway.it.servers;

import static dev.gangway.it.harness.WebServer.NGINX;
import static dev.gangway.it.servers.Limit.BREAK_LEAVES_CLIENT_WAITING;
import static dev.gangway.it.servers.Limit.BREAK_UNNOTICED;
import static dev.gangway.it.servers.Limit.UNDERSCORE_DROPPED;
import static dev.gangway.it.servers.Limit.UPLOAD_SPOOLED;

import org.junit.jupiter.api.Nested;

class NginxIT extends WithGangway {
    @Nested
    class Tcp extends EveryCase {
        Tcp() {
            super(setup(NGINX, "tcp").withHugeBodies().limitedBy(UNDERSCORE_DROPPED, UPLOAD_SPOOLED));
        }
    }

    @Nested
    class Unix extends EveryCase {
        Unix() {
            super(setup(NGINX, "unix")
                    .limitedBy(UNDERSCORE_DROPPED, UPLOAD_SPOOLED, BREAK_UNNOTICED, BREAK_LEAVES_CLIENT_WAITING));
        }
    }

    @Nested
    class KeepAlive extends EveryCase {
        KeepAlive() {
            super(setup(NGINX, "keepalive").limitedBy(UNDERSCORE_DROPPED, UPLOAD_SPOOLED));
        }
    }

    @Nested
    class Unbuffered extends EveryCase {
        Unbuffered() {
            super(setup(NGINX, "unbuffered").withHugeBodies().limitedBy(UNDERSCORE_DROPPED));
        }
    }
}
