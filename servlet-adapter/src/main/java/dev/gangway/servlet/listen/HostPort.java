package dev.gangway.servlet.listen;

import java.net.InetSocketAddress;

/**
 * A host and a port as a user writes them: {@code 127.0.0.1:9000}, {@code [::1]:9000}, {@code localhost:9000}.
 * Jetty's {@code HostPort} refuses port 0, and takes {@code ::1:9000} for an address without a port.
 *
 * @param host a name or an address, without brackets
 * @param port 0 to 65535; 0 stands for any free port
 */
public record HostPort(String host, int port) {
    /**
     * {@return the host and port that a text stands for}
     *
     * @throws IllegalArgumentException with a message for the user if it is malformed
     */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("'" + text + "' lacks a host or a port, want HOST:PORT");
        }
        return new HostPort(host(text.substring(0, colon)), port(text.substring(colon + 1)));
    }

    private static String host(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        if (bracketed) {
            return text.substring(1, text.length() - 1);
        }
        if (text.contains(":")) {
            throw new IllegalArgumentException("'" + text + "': an IPv6 address needs brackets, want [" + text + "]");
        }
        return text;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Reported below, like a number out of range.
        }
        throw new IllegalArgumentException("'" + text + "' is not a port, want 0 to 65535");
    }

    /** {@return the same host with another port} */
    public HostPort withPort(int port) {
        return new HostPort(host, port);
    }

    /** {@return the address to bind to; unresolved if the host is unknown} */
    public InetSocketAddress toSocketAddress() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
