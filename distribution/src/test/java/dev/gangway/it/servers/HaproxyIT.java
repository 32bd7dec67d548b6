package dev.gangway.it.servers;

import static dev.gangway.it.harness.WebServer.HAPROXY;
import static dev.gangway.it.servers.Limit.AUTHORIZATION_WITHHELD;
import static dev.gangway.it.servers.Limit.CHUNKED_UPLOAD_SMALL;
import static dev.gangway.it.servers.Limit.CREATED_BECOMES_REDIRECT;
import static dev.gangway.it.servers.Limit.LEAVING_UNNOTICED;
import static dev.gangway.it.servers.Limit.UNDERSCORE_DROPPED;

import org.junit.jupiter.api.Nested;

class HaproxyIT extends WithGangway {
    @Nested
    class Tcp extends EveryCase {
        Tcp() {
            super(setup(HAPROXY, "tcp")
                    .withHugeBodies()
                    .limitedBy(
                            UNDERSCORE_DROPPED,
                            AUTHORIZATION_WITHHELD,
                            CHUNKED_UPLOAD_SMALL,
                            CREATED_BECOMES_REDIRECT,
                            LEAVING_UNNOTICED));
        }
    }

    @Nested
    class Multiplexed extends EveryCase {
        Multiplexed() {
            super(setup(HAPROXY, "multiplexed")
                    .limitedBy(
                            UNDERSCORE_DROPPED,
                            AUTHORIZATION_WITHHELD,
                            CHUNKED_UPLOAD_SMALL,
                            CREATED_BECOMES_REDIRECT,
                            LEAVING_UNNOTICED));
        }
    }
}
