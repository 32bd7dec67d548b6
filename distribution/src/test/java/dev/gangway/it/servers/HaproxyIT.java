package dev.gangway.it.servers;

import org.junit.jupiter.api.Nested;

class HaproxyIT extends WithGangway {
    @Nested
    class Tcp extends Behind {
        Tcp() {
            super(Mode.HAPROXY_TCP);
        }
    }

    @Nested
    class Multiplexed extends Behind {
        Multiplexed() {
            super(Mode.HAPROXY_MULTIPLEXED);
        }
    }
}
