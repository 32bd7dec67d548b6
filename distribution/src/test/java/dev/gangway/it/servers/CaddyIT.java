package dev.gangway.it.servers;

import org.junit.jupiter.api.Nested;

class CaddyIT extends WithGangway {
    @Nested
    class Tcp extends Behind {
        Tcp() {
            super(Mode.CADDY_TCP);
        }
    }

    @Nested
    class Flush extends Behind {
        Flush() {
            super(Mode.CADDY_FLUSH);
        }
    }
}
