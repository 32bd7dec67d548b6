package dev.gangway.it.servers;

import static dev.gangway.it.harness.WebServer.HAPROXY;
import static dev.gangway.it.servers.Limit.AUTHORIZATION_WITHHELD;
import static dev.gangway.it.servers.Limit.BREAK_LEAVES_CLIENT_WAITING;
import static dev.gangway.it.servers.Limit.BREAK_UNNOTICED;
import static dev.gangway.it.servers.Limit.CHUNKED_UPLOAD_SMALL;
import static dev.gangway.it.servers.Limit.CREATED_BECOMES_REDIRECT;
import static dev.gangway.it.servers.Limit.EMPTY_CHUNKED_UPLOAD_HANGS;
import static dev.gangway.it.servers.Limit.LEAVING_UNNOTICED;
import static dev.gangway.it.servers.Limit.LEAVING_UNNOTICED_WHILE_WRITING;
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
                            EMPTY_CHUNKED_UPLOAD_HANGS,
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
                            EMPTY_CHUNKED_UPLOAD_HANGS,
                            CREATED_BECOMES_REDIRECT,
                            LEAVING_UNNOTICED,
                            LEAVING_UNNOTICED_WHILE_WRITING,
                            BREAK_UNNOTICED,
                            BREAK_LEAVES_CLIENT_WAITING));
        }
    }
}
