package dev.gangway.fcgi.config;

import java.util.Locale;

/** Which parameters give the port under which the client asked, which is also that of absolute URLs. */
public enum PortSource {
    /** That of the Host header; if it has none, SERVER_PORT. */
    HOST_OR_SERVER,
    /**
     * The Host header alone; if it has no port, the default one of HTTP or HTTPS. For web servers behind a load
     * balancer, whose own port clients do not know. A request without a Host header has SERVER_PORT.
     */
    HOST,
    /** SERVER_PORT, whatever the Host header says. */
    SERVER;

    public int port(int hostPort, int serverPort) {
        return switch (this) {
            case HOST_OR_SERVER -> hostPort > 0 ? hostPort : serverPort;
            case HOST -> hostPort;
            case SERVER -> serverPort;
        };
    }

    /** {@return its name in small letters, with hyphens} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
