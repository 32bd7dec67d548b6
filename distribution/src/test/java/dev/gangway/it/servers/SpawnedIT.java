package dev.gangway.it.servers;

import static dev.gangway.it.harness.WebServer.HTTPD;
import static dev.gangway.it.harness.WebServer.LIGHTTPD;
import static dev.gangway.it.harness.WebServer.NGINX;
import static dev.gangway.it.servers.Limit.BREAK_LEAVES_CLIENT_WAITING;
import static dev.gangway.it.servers.Limit.BREAK_PADDED;
import static dev.gangway.it.servers.Limit.BREAK_UNNOTICED;
import static dev.gangway.it.servers.Limit.EMPTY_HEADER_DROPPED;
import static dev.gangway.it.servers.Limit.ENCODED_SLASH_NOT_FOUND;
import static dev.gangway.it.servers.Limit.LEAVING_UNNOTICED;
import static dev.gangway.it.servers.Limit.LENGTH_REQUIRED;
import static dev.gangway.it.servers.Limit.ONE_AT_A_TIME;
import static dev.gangway.it.servers.Limit.UNDERSCORE_DROPPED;
import static dev.gangway.it.servers.Limit.UPLOAD_SPOOLED;

import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.SpawnFcgi;
import dev.gangway.it.harness.TempFolder;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Gangway started by somebody else, who leaves the listening socket on its descriptor 0. */
class SpawnedIT {
    private static TempFolder folder;
    private static Installation installation;

    @BeforeAll
    static void install() {
        folder = TempFolder.create("installation");
        installation = Installation.copyTo(folder);
    }

    @AfterAll
    static void uninstall() {
        folder.close();
    }

    @Nested
    class ByLighttpd extends EveryCase {
        ByLighttpd() {
            super(new Setup(LIGHTTPD, "spawn", () -> installation.placeholders())
                    .limitedBy(EMPTY_HEADER_DROPPED, LENGTH_REQUIRED, UPLOAD_SPOOLED, LEAVING_UNNOTICED));
        }
    }

    @Nested
    class ByModFcgid extends EveryCase {
        ByModFcgid() {
            super(new Setup(HTTPD, "fcgid", () -> installation.placeholders())
                    .limitedBy(
                            UNDERSCORE_DROPPED,
                            ENCODED_SLASH_NOT_FOUND,
                            UPLOAD_SPOOLED,
                            LEAVING_UNNOTICED,
                            BREAK_PADDED,
                            ONE_AT_A_TIME));
        }
    }

    @Nested
    class BySpawnFcgi extends EveryCase {
        private static SpawnFcgi spawned;

        BySpawnFcgi() {
            super(new Setup(NGINX, "unix", BySpawnFcgi::spawn)
                    .limitedBy(UNDERSCORE_DROPPED, UPLOAD_SPOOLED, BREAK_UNNOTICED, BREAK_LEAVES_CLIENT_WAITING));
        }

        private static Map<String, String> spawn() {
            spawned = SpawnFcgi.start(installation);
            return Map.of("fcgi.socket", spawned.socket());
        }

        @AfterAll
        static void stop() {
            spawned.close();
        }
    }
}
