package dev.gangway.it.servers;

import org.junit.jupiter.api.Nested;

class HttpdIT extends WithGangway {
    @Nested
    class Tcp extends Behind {
        Tcp() {
            super(Mode.HTTPD_TCP);
        }
    }

    @Nested
    class Unix extends Behind {
        Unix() {
            super(Mode.HTTPD_UNIX);
        }
    }

    @Nested
    class Reuse extends Behind {
        Reuse() {
            super(Mode.HTTPD_REUSE);
        }
    }
}
