package dev.gangway.fcgi.cgi;

import dev.gangway.fcgi.config.FixedLimits;
import dev.gangway.fcgi.config.TrustedProxies;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.util.HostPort;

/**
 * What trusted proxies say about the client: by the headers {@code X-Forwarded-For}, {@code -Proto}, {@code -Host} and
 * {@code -Port}, or, without the first of them, by {@code Forwarded} (RFC 7239).
 *
 * <p>Each proxy adds to the right what it knows, so the client is the right-most one that is none of the proxies; the
 * client may have made up whatever is left of it.
 */
final class ForwardedHeaders {
    private static final Pattern WITH_PORT = Pattern.compile("(\\[.*]|[^:]*):(\\d{1,5})");
    private static final Pattern PAIR =
            Pattern.compile("\\s*+([A-Za-z]++)\\s*+=\\s*+(\"(?:[^\"\\\\]|\\\\.)*+\"|[^;\"\\s]*+)\\s*+;?");

    private final TrustedProxies trusted;

    ForwardedHeaders(TrustedProxies trusted) {
        this.trusted = trusted;
    }

    /**
     * What a proxy says.
     *
     * @param client null if it does not say
     * @param scheme null if it does not say
     * @param host   null if it does not say; perhaps without a port
     * @param port   0 if it does not say
     */
    record Hop(InetSocketAddress client, HttpScheme scheme, HostPort host, int port) {
        private static final Hop SILENT = new Hop(null, null, null, 0);

        /** {@return whether it says under which URL the client asked} */
        boolean isAboutServer() {
            return scheme != null || host != null || port > 0;
        }
    }

    /**
     * {@return what is believed of a request}
     *
     * @param peer the client of the web server
     */
    Hop hop(InetSocketAddress peer, HttpFields fields) {
        if (trusted.isEmpty() || !isTrusted(peer)) {
            return Hop.SILENT;
        }
        if (!fields.contains(HttpHeader.X_FORWARDED_FOR) && fields.contains(HttpHeader.FORWARDED)) {
            return forwarded(hops(fields));
        }
        List<String> clients = list(fields, HttpHeader.X_FORWARDED_FOR);
        int index = indexOfClient(clients);
        return new Hop(
                index < 0 ? null : client(clients, index),
                scheme(value(fields, HttpHeader.X_FORWARDED_PROTO, clients.size(), index)),
                host(value(fields, HttpHeader.X_FORWARDED_HOST, clients.size(), index)),
                port(value(fields, HttpHeader.X_FORWARDED_PORT, clients.size(), index)));
    }

    private static List<String> hops(HttpFields fields) {
        try {
            List<String> hops = fields.getCSV(HttpHeader.FORWARDED, true);
            return hops.subList(Math.max(0, hops.size() - FixedLimits.FORWARDED_HOPS), hops.size());
        } catch (IllegalArgumentException e) {
            throw new BadRequest("bad Forwarded header");
        }
    }

    private Hop forwarded(List<String> hops) {
        List<String> clients = hops.stream().map(hop -> parameter(hop, "for")).toList();
        int index = indexOfClient(clients);
        if (index < 0) {
            return Hop.SILENT;
        }
        String hop = hops.get(index);
        return new Hop(client(clients, index), scheme(parameter(hop, "proto")), host(parameter(hop, "host")), 0);
    }

    private int indexOfClient(List<String> clients) {
        int index = clients.size() - 1;
        while (index > 0 && isTrusted(address(clients.get(index)))) {
            index--;
        }
        return index;
    }

    /** Some proxies give no address: then the next one to the right counts, which is that of a proxy. */
    private static InetSocketAddress client(List<String> clients, int index) {
        for (int i = index; i < clients.size(); i++) {
            InetSocketAddress address = address(clients.get(i));
            if (literal(address) != null) {
                return address;
            }
        }
        return null;
    }

    private static InetSocketAddress address(String text) {
        Matcher withPort = WITH_PORT.matcher(text);
        int port = withPort.matches() ? port(withPort.group(2)) : 0;
        return SocketAddresses.of(withPort.matches() ? withPort.group(1) : text, null, port);
    }

    private boolean isTrusted(InetSocketAddress address) {
        InetAddress literal = literal(address);
        return literal != null && trusted.contains(literal);
    }

    private static InetAddress literal(InetSocketAddress address) {
        return SocketAddresses.literal(address.getHostString());
    }

    private static List<String> list(HttpFields fields, HttpHeader header) {
        return fields.getValuesList(header).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** The value in the same place as the client, or else that of the last proxy; null if there is none. */
    private static String value(HttpFields fields, HttpHeader header, int clients, int index) {
        List<String> values = list(fields, header);
        if (values.isEmpty()) {
            return null;
        }
        return values.get(values.size() == clients ? index : values.size() - 1);
    }

    private static String parameter(String hop, String name) {
        if (hop.length() > FixedLimits.FORWARDED_HOP_LENGTH) {
            return "";
        }
        Matcher pair = PAIR.matcher(hop);
        while (pair.find()) {
            if (pair.group(1).equalsIgnoreCase(name)) {
                String value = pair.group(2);
                return value.startsWith("\"")
                        ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
                        : value;
            }
        }
        return "";
    }

    private static HttpScheme scheme(String text) {
        return switch (text == null ? "" : text.toLowerCase(Locale.ROOT)) {
            case "https", "wss" -> HttpScheme.HTTPS;
            case "http", "ws" -> HttpScheme.HTTP;
            default -> null;
        };
    }

    private static HostPort host(String text) {
        if (text == null || !ServerName.is(text)) {
            return null;
        }
        try {
            return new HostPort(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static int port(String text) {
        if (text == null || !text.matches("\\d{1,5}")) {
            return 0;
        }
        int port = Integer.parseInt(text);
        return port <= 65535 ? port : 0;
    }
}
