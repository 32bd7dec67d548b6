package dev.gangway.it.servers;

import org.junit.jupiter.api.Nested;

class NginxIT extends WithGangway {
    @Nested
    class Tcp extends Behind {
        Tcp() {
            super(Mode.NGINX_TCP);
        }
    }

    @Nested
    class Unix extends Behind {
        Unix() {
            super(Mode.NGINX_UNIX);
        }
    }

    @Nested
    class KeepAlive extends Behind {
        KeepAlive() {
            super(Mode.NGINX_KEEPALIVE);
        }
    }

    @Nested
    class Unbuffered extends Behind {
        Unbuffered() {
            super(Mode.NGINX_UNBUFFERED);
        }
    }
}
