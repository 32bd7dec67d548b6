package dev.gangway.it.servers;

import org.junit.jupiter.api.Nested;

class H2oIT extends WithGangway {
    @Nested
    class Tcp extends Behind {
        Tcp() {
            super(Mode.H2O_TCP);
        }
    }
}
