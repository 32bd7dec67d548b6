package dev.gangway.conformance.difference;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What came back, as facets with a name and a value: the status, each header, and either the body or, where a servlet
 * reports, each fact that it saw. Facets compare as they are; what cannot be equal has been replaced by its name.
 *
 * @param status  0 without a response
 * @param headers in order
 * @param body    one character for each byte; the reason if there is no response
 * @param facets  by name
 */
record Answer(int status, List<Header> headers, String body, Map<String, String> facets) {
    record Header(String name, String value) {}

    /** The client's connection, which each way has its own of. */
    record Ports(int server, int client) {}

    /** What stands for a length that is that of the body. */
    static final String LENGTH = "<length of the body>";

    /** Of the connection, or of the moment. */
    private static final Set<String> HOP =
            Set.of("date", "server", "connection", "keep-alive", "transfer-encoding", "trailer");

    private static final Pattern FACT = Pattern.compile("([A-Za-z][\\w. -]*)=(.*)");
    /** As Jetty makes them. */
    private static final Pattern SESSION = Pattern.compile("node0[0-9a-z]{10,}");

    private static final Pattern NONCE = Pattern.compile("nonce=\"[^\"]*\"");
    /** Each server has one of its own. */
    private static final Pattern OPAQUE = Pattern.compile("opaque=\"[^\"]*\"");

    private static final Pattern EXPIRY = Pattern.compile("(?<=Expires=)\\w{3}, \\d\\d \\w{3} 20[^;]*GMT");
    private static final Pattern BOUNDARY = Pattern.compile("(boundary=|--)[0-9a-z]{20,}");
    private static final Pattern PORT = Pattern.compile("(?<=[\\w\\]]):(\\d{4,5})\\b");
    /** Each has words of its own for these. */
    private static final Pattern TOO_LARGE = Pattern.compile(
            "(?<=Error 500 |HTTP ERROR 500 |<td>)(Response Header Fields Too Large|response headers of [^<]*)");

    /** Jetty makes up a target, where Gangway says what it has got. */
    private static final Pattern UNREADABLE = Pattern.compile("/bad(Message|Request)<|Error 400 bad REQUEST_URI<");

    static Answer of(int status, List<Header> headers, byte[] body, Ports ports) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return new Answer(status, List.copyOf(headers), text, facets(status, headers, text, ports));
    }

    static Answer none(String reason) {
        return new Answer(0, List.of(), reason, Map.of("status", "none"));
    }

    private static Map<String, String> facets(int status, List<Header> headers, String body, Ports ports) {
        Map<String, String> facets = new TreeMap<>();
        facets.put("status", Integer.toString(status));
        headers.stream()
                .collect(Collectors.groupingBy(
                        header -> header.name().toLowerCase(Locale.ROOT),
                        Collectors.mapping(Header::value, Collectors.joining(" | "))))
                .forEach((name, value) -> {
                    if (!HOP.contains(name)) {
                        facets.put("header " + name, normal(name, value, body, ports));
                    }
                });
        String[] lines = body.split("\n", -1);
        boolean report = lines.length > 1 && lines[lines.length - 1].isEmpty();
        for (int i = 0; i < lines.length - 1; i++) {
            report &= FACT.matcher(lines[i]).matches();
        }
        if (!report) {
            facets.put("body", normal(body, ports));
            return facets;
        }
        for (String line : lines) {
            Matcher fact = FACT.matcher(line);
            if (fact.matches()) {
                String name = fact.group(1);
                facets.merge("saw " + name, port(name, normal(fact.group(2), ports), ports), (a, b) -> a + " | " + b);
            }
        }
        return facets;
    }

    /** Bodies have their own facets, and may differ in length where a port or a session has been replaced. */
    private static String normal(String name, String value, String body, Ports ports) {
        return name.equals("content-length") && value.equals(Integer.toString(body.length()))
                ? LENGTH
                : normal(value, ports);
    }

    private static String normal(String text, Ports ports) {
        if (UNREADABLE.matcher(text).find()) {
            return "<page about a request that cannot be read>";
        }
        String named = SESSION.matcher(text).replaceAll("<session>");
        named = TOO_LARGE.matcher(named).replaceAll("<too large>");
        named = NONCE.matcher(named).replaceAll("nonce=<nonce>");
        named = OPAQUE.matcher(named).replaceAll("opaque=<opaque>");
        named = EXPIRY.matcher(named).replaceAll("<soon>");
        named = BOUNDARY.matcher(named).replaceAll("$1<boundary>");
        return PORT.matcher(named)
                .replaceAll(port -> Integer.parseInt(port.group(1)) == ports.server() ? ":<port>" : port.group());
    }

    private static String port(String name, String value, Ports ports) {
        return switch (name) {
            case "serverPort", "localPort" -> value.equals(Integer.toString(ports.server())) ? "<port>" : value;
            case "remotePort" -> value.equals(Integer.toString(ports.client())) ? "<client's port>" : value;
            default -> value;
        };
    }

    /** Headers as clients of the tests read them; here each character is a byte. */
    static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    String facet(String name) {
        return facets.get(name);
    }

    /** The names of the facets that are not equal. */
    Set<String> unequal(Answer other) {
        Set<String> names = new TreeSet<>(facets.keySet());
        names.addAll(other.facets.keySet());
        names.removeIf(name -> Objects.equals(facet(name), other.facet(name)));
        return names;
    }

    String header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst()
                .orElse(null);
    }
}
