package dev.gangway.benchmark.load;

import dev.gangway.benchmark.Workload;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a server is driven.
 *
 * @param connections how many at once
 * @param overlapping how many requests at once on each connection
 * @param kept        whether a connection to it serves more than one request
 * @param front       the web server in between, or null
 */
public record Drive(
        Workload workload, Transport transport, int connections, int overlapping, boolean kept, Front front) {
    /** How the connections reach the server. */
    public enum Transport {
        UNIX,
        TCP
    }

    private static final Pattern TEXT = Pattern.compile(
            "(\\w+)/(unix|tcp)/([1-9]\\d*)(?:x([1-9]\\d*))?(/new)?" + "(?:/(nginx|httpd|haproxy|lighttpd))?");

    /**
     * {@return what is written like {@code hello/unix/32}, {@code upload/tcp/8/new} for a new connection for each
     * request, {@code hello/unix/4x8} for 8 requests at once on each of 4 connections, {@code hello/unix/32/nginx} through nginx}
     *
     * @throws IllegalArgumentException if it is written otherwise
     */
    public static Drive parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        Workload workload = matcher.matches() ? Workload.named(matcher.group(1)) : null;
        if (workload == null) {
            throw new IllegalArgumentException("'" + text
                    + "' is not WORKLOAD/unix|tcp/CONNECTIONS[xREQUESTS][/new][/WEBSERVER], as in hello/unix/32");
        }
        Drive drive = new Drive(
                workload,
                Transport.valueOf(matcher.group(2).toUpperCase(Locale.ROOT)),
                Integer.parseInt(matcher.group(3)),
                matcher.group(4) == null ? 1 : Integer.parseInt(matcher.group(4)),
                matcher.group(5) == null,
                matcher.group(6) == null ? null : Front.valueOf(matcher.group(6).toUpperCase(Locale.ROOT)));
        if (drive.overlapping > 1 && (workload.bodyLength() > 0 || !drive.kept)) {
            throw new IllegalArgumentException(
                    "'" + text + "': only requests without a body overlap, on kept connections");
        }
        return drive;
    }

    /** {@return the same number of requests at once, each on a connection of its own} */
    Drive withoutOverlapping() {
        return new Drive(workload, transport, connections * overlapping, 1, kept, front);
    }

    /** {@return how the web server in between is driven: its clients keep their connections} */
    public Drive toFront() {
        return new Drive(workload, Transport.TCP, connections, overlapping, true, null);
    }

    /** {@return its short form, as it is parsed} */
    @Override
    public String toString() {
        return workload.path() + "/" + transport.name().toLowerCase(Locale.ROOT) + "/" + connections
                + (overlapping > 1 ? "x" + overlapping : "") + (kept ? "" : "/new")
                + (front == null ? "" : "/" + front);
    }
}
