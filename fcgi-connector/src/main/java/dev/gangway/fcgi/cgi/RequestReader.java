package dev.gangway.fcgi.cgi;

import dev.gangway.fcgi.record.Params;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.util.HostPort;
import org.eclipse.jetty.util.URIUtil;

/**
 * Turns PARAMS into a request. One reader serves one request.
 *
 * <p>Of a variable that is sent twice the last value counts, and an empty one is as good as none: an administrator
 * overrides an included file that way. A header that is sent twice is a repeated header.
 */
public final class RequestReader {
    private static final int MAX_PORT = 65535;

    private final Params params;
    private final int[] variables = new int[CgiVariable.values().length];
    private final HttpFields.Mutable fields;
    private HostPortHttpField host;

    private RequestReader(Params params) {
        this.params = params;
        this.fields = HttpFields.build();
        Arrays.fill(variables, -1);
    }

    /**
     * Reads a request.
     *
     * @param params the parameters of the request
     * @return the request
     * @throws BadRequest if they do not make one, with the status that the client should get
     */
    public static CgiRequest read(Params params) {
        RequestReader reader = new RequestReader(params);
        reader.sort();
        return reader.read();
    }

    /** {@return whether the request is one for headers alone; needed where it cannot be read} */
    public static boolean isHead(Params params) {
        RequestReader reader = new RequestReader(params);
        for (int pair = 0; pair < params.size(); pair++) {
            CgiNames.KnownName known = CgiNames.find(params, pair);
            if (known != null && known.variable() == CgiVariable.REQUEST_METHOD) {
                reader.variables[CgiVariable.REQUEST_METHOD.ordinal()] = pair;
            }
        }
        return HttpMethod.HEAD.is(reader.variable(CgiVariable.REQUEST_METHOD));
    }

    private void sort() {
        for (int pair = 0; pair < params.size(); pair++) {
            CgiNames.KnownName known = CgiNames.find(params, pair);
            if (known == null) {
                if (CgiNames.isHeader(params, pair)) {
                    addUnknownHeader(pair);
                }
            } else if (known.variable() != null) {
                variables[known.variable().ordinal()] = pair;
            } else if (known.header() == HttpHeader.HOST) {
                addHost(pair);
            } else if (known.header() != null) {
                fields.add(new HttpField(known.header(), headerValue(pair)));
            }
        }
    }

    private void addUnknownHeader(int pair) {
        String name = CgiNames.headerName(params.name(pair));
        if (name != null) {
            fields.add(new HttpField(name, headerValue(pair)));
        }
    }

    private void addHost(int pair) {
        String value = headerValue(pair);
        if (value.isEmpty()) {
            return;
        }
        if (host != null) {
            throw new BadRequest("two Host headers");
        }
        host = new HostPortHttpField(value);
        if (host.getHostPort().getHost().isBlank()) {
            throw new BadRequest("blank Host header");
        }
        fields.add(host);
    }

    private CgiRequest read() {
        String method = method();
        long contentLength = contentLength();
        String contentType = variable(CgiVariable.CONTENT_TYPE);
        if (contentType != null) {
            fields.add(HttpHeader.CONTENT_TYPE, headerValue(variables[CgiVariable.CONTENT_TYPE.ordinal()]));
        }
        if (contentLength >= 0) {
            fields.add(HttpHeader.CONTENT_LENGTH, contentLength);
        }

        boolean secure = isSecure();
        int serverPort = port(CgiVariable.SERVER_PORT);
        HostPort server = server(serverPort);
        return new CgiRequest(
                method,
                uri(method, secure, server),
                version(),
                fields.asImmutable(),
                contentLength,
                secure,
                server,
                SocketAddresses.of(variable(CgiVariable.SERVER_ADDR), null, serverPort),
                SocketAddresses.of(
                        variable(CgiVariable.REMOTE_ADDR),
                        variable(CgiVariable.REMOTE_HOST),
                        port(CgiVariable.REMOTE_PORT)),
                variable(CgiVariable.FCGI_ROLE));
    }

    private String method() {
        String method = variable(CgiVariable.REQUEST_METHOD);
        if (method == null) {
            throw new BadRequest("no REQUEST_METHOD");
        }
        if (!Token.is(method) || HttpMethod.CONNECT.is(method)) {
            throw new BadRequest("bad REQUEST_METHOD");
        }
        return method;
    }

    private long contentLength() {
        String length = variable(CgiVariable.CONTENT_LENGTH);
        // Caddy says -1 when it does not know.
        if (length == null || length.equals("-1")) {
            return -1;
        }
        long value = parseLength(length);
        String clients = variable(CgiVariable.HTTP_CONTENT_LENGTH);
        if (clients != null && parseLength(clients) != value) {
            throw new BadRequest("CONTENT_LENGTH and HTTP_CONTENT_LENGTH differ");
        }
        return value;
    }

    private static long parseLength(String length) {
        try {
            if (length.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Long.parseLong(length);
            }
        } catch (NumberFormatException e) {
            // Too large: refused like any other that is not a number.
        }
        throw new BadRequest("bad CONTENT_LENGTH");
    }

    private boolean isSecure() {
        String https = variable(CgiVariable.HTTPS);
        if (https != null) {
            return !https.equalsIgnoreCase("off") && !https.equals("0");
        }
        return HttpScheme.HTTPS.is(variable(CgiVariable.REQUEST_SCHEME));
    }

    /** The Host header first; what it lacks comes from SERVER_NAME and SERVER_PORT. */
    private HostPort server(int serverPort) {
        if (host != null) {
            int port = host.getPort();
            return new HostPort(host.getHost(), port > 0 ? port : serverPort);
        }
        String name = variable(CgiVariable.SERVER_NAME);
        if (name == null) {
            name = variable(CgiVariable.SERVER_ADDR);
        }
        if (name == null) {
            return new HostPort("localhost", serverPort);
        }
        try {
            // HAProxy puts the whole Host header here.
            HostPort server = new HostPort(HostPort.normalizeHost(name));
            return new HostPort(server.getHost(), serverPort > 0 ? serverPort : server.getPort());
        } catch (IllegalArgumentException e) {
            throw new BadRequest("bad SERVER_NAME");
        }
    }

    private int port(CgiVariable variable) {
        String port = variable(variable);
        if (port == null) {
            return 0;
        }
        if (port.length() <= 5 && port.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int value = Integer.parseInt(port);
            if (value <= MAX_PORT && (value > 0 || variable == CgiVariable.REMOTE_PORT)) {
                return value;
            }
        }
        throw new BadRequest("bad " + variable);
    }

    private HttpURI uri(String method, boolean secure, HostPort server) {
        HttpURI.Mutable uri;
        try {
            uri = HttpURI.build(method, target());
        } catch (RuntimeException e) {
            throw new BadRequest("bad REQUEST_URI");
        }
        HttpScheme scheme = secure ? HttpScheme.HTTPS : HttpScheme.HTTP;
        int port = server.getPort();
        if (port == 0 || port == URIUtil.getDefaultPortForScheme(scheme.asString())) {
            port = -1;
        }
        return uri.scheme(scheme).authority(server.getHost(), port).asImmutable();
    }

    private String target() {
        String target = rawTarget();
        String query = variable(CgiVariable.QUERY_STRING);
        return query == null || target.indexOf('?') >= 0 ? target : target + "?" + text(query);
    }

    private String rawTarget() {
        int pair = variables[CgiVariable.REQUEST_URI.ordinal()];
        if (pair >= 0 && params.valueLength(pair) > 0) {
            String target = withoutAuthority(utf8(pair));
            if (target.startsWith("/") || target.equals("*")) {
                return text(target);
            }
            throw new BadRequest("REQUEST_URI is not a path");
        }
        // Only the decoded path is there: encode it once, so that decoding gives it back.
        String path = decodedPath();
        if (!path.startsWith("/")) {
            throw new BadRequest("no REQUEST_URI, nor a path in SCRIPT_NAME, PATH_INFO and DOCUMENT_URI");
        }
        return PathEncoder.encode(path);
    }

    private String decodedPath() {
        StringBuilder path = new StringBuilder();
        for (CgiVariable part : new CgiVariable[] {CgiVariable.SCRIPT_NAME, CgiVariable.PATH_INFO}) {
            String value = variable(part);
            path.append(value == null ? "" : value);
        }
        String document = variable(CgiVariable.DOCUMENT_URI);
        return path.isEmpty() && document != null ? document : path.toString();
    }

    /** Apache httpd, HAProxy and h2o pass {@code GET http://host/path} on as it is. */
    private static String withoutAuthority(String target) {
        int scheme = target.indexOf("://");
        if (scheme <= 0 || target.startsWith("/") || target.indexOf('?') >= 0 && target.indexOf('?') < scheme) {
            return target;
        }
        int authority = scheme + 3;
        for (int i = authority; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '/') {
                return target.substring(i);
            }
            if (c == '?') {
                return "/" + target.substring(i);
            }
        }
        return "/";
    }

    /** As in a request line, nothing below and including the blank may stand here. */
    private static String text(String target) {
        if (target.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
            throw new BadRequest("control character or blank in the request URI");
        }
        return target;
    }

    private HttpVersion version() {
        String protocol = variable(CgiVariable.SERVER_PROTOCOL);
        return switch (protocol == null ? "" : protocol) {
            // INCLUDED is said of a server-side include.
            case "HTTP/1.0", "INCLUDED" -> HttpVersion.HTTP_1_0;
            case "HTTP/2", "HTTP/2.0" -> HttpVersion.HTTP_2;
            case "HTTP/3", "HTTP/3.0" -> HttpVersion.HTTP_3;
            default -> HttpVersion.HTTP_1_1;
        };
    }

    /** {@return the value of a variable, null if it is not sent or empty} */
    private String variable(CgiVariable variable) {
        int pair = variables[variable.ordinal()];
        if (pair < 0 || params.valueLength(pair) == 0) {
            return null;
        }
        return params.value(pair, StandardCharsets.UTF_8);
    }

    private String utf8(int pair) {
        ByteBuffer bytes = ByteBuffer.wrap(params.block(), params.valueAt(pair), params.valueLength(pair));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new BadRequest("REQUEST_URI is not UTF-8");
        }
    }

    /** The value without the white space around it; bytes are characters, as over HTTP. */
    private String headerValue(int pair) {
        byte[] block = params.block();
        int from = params.valueAt(pair);
        int to = from + params.valueLength(pair);
        for (int i = from; i < to; i++) {
            int c = block[i] & 0xFF;
            if ((c < ' ' && c != '\t') || c == 0x7F) {
                throw new BadRequest("control character in " + params.name(pair));
            }
        }
        while (from < to && isBlank(block[from])) {
            from++;
        }
        while (from < to && isBlank(block[to - 1])) {
            to--;
        }
        return new String(block, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
