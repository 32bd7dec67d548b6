package dev.gangway.it.servers;

import dev.gangway.it.harness.SpawnFcgi;
import dev.gangway.it.harness.WithInstalledCopy;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** Gangway started by somebody else, who leaves the listening socket on its descriptor 0. */
class SpawnedIT extends WithInstalledCopy {
    @Nested
    class ByLighttpd extends EveryCase {
        ByLighttpd() {
            super(Mode.LIGHTTPD_SPAWN, () -> installation.placeholders());
        }
    }

    @Nested
    class ByModFcgid extends EveryCase {
        ByModFcgid() {
            super(Mode.HTTPD_FCGID, () -> installation.placeholders());
        }
    }

    @Nested
    class BySpawnFcgi extends EveryCase {
        private static SpawnFcgi spawned;

        BySpawnFcgi() {
            super(Mode.NGINX_UNIX, BySpawnFcgi::spawn);
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
