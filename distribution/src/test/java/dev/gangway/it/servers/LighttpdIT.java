package dev.gangway.it.servers;

import org.junit.jupiter.api.Nested;

class LighttpdIT extends WithGangway {
    @Nested
    class Tcp extends Behind {
        Tcp() {
            super(Mode.LIGHTTPD_TCP);
        }
    }

    @Nested
    class Unix extends Behind {
        Unix() {
            super(Mode.LIGHTTPD_UNIX);
        }
    }

    @Nested
    class Buffered extends Behind {
        Buffered() {
            super(Mode.LIGHTTPD_BUFFERED);
        }
    }
}
