package dev.gangway.servlet.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The web servers that may connect (FastCGI 1.0, section 3.2).
 *
 * @param addresses in dotted form; null if all may connect
 */
record WebServers(Set<String> addresses) {
    static final String VARIABLE = "FCGI_WEB_SERVER_ADDRS";

    private static final Pattern ADDRESS =
            Pattern.compile("(?:B\\.){3}B".replace("B", "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)"));

    /**
     * {@return what the value of the variable means, or that it is not set}
     *
     * @throws IllegalArgumentException if it is malformed, which must not mean that all may connect (FCGI-11)
     */
    static WebServers of(String list) {
        if (list == null) {
            return new WebServers(null);
        }
        Set<String> addresses = Set.copyOf(List.of(list.split(",", -1)));
        for (String address : addresses) {
            if (!ADDRESS.matcher(address).matches()) {
                throw new IllegalArgumentException("'" + address + "' is not an IPv4 address");
            }
        }
        return new WebServers(addresses);
    }

    /** FCGI-9, FCGI-10 */
    boolean isOne(SocketChannel peer) throws IOException {
        return addresses == null
                || (peer.getRemoteAddress() instanceof InetSocketAddress inet
                        && addresses.contains(inet.getAddress().getHostAddress()));
    }
}
