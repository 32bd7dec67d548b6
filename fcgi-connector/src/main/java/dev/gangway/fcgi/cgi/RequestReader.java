package dev.gangway.fcgi.cgi;

import dev.gangway.fcgi.config.PortSource;
import dev.gangway.fcgi.config.TrustedProxies;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpException;
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
 * <p>If a variable is sent twice the last value counts, and an empty one is as good as none: an administrator overrides
 * an included file that way. The same holds for a header that HTTP allows once in a request; any other header that is
 * sent twice has both values.
 */
public final class RequestReader {
    private static final int MAX_PORT = 65535;

    /** Clients send no length with them, but some web servers send 0 with every request without a body. */
    private static final Set<HttpMethod> BODILESS =
            EnumSet.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE, HttpMethod.OPTIONS, HttpMethod.TRACE);

    /**
     * Headers with a single value. If one is repeated, the web server refuses it or chooses, or the last counts here.
     */
    private static final Set<HttpHeader> SINGLE = EnumSet.of(
            HttpHeader.HOST,
            HttpHeader.AUTHORIZATION,
            HttpHeader.PROXY_AUTHORIZATION,
            HttpHeader.USER_AGENT,
            HttpHeader.REFERER,
            HttpHeader.ORIGIN,
            HttpHeader.FROM,
            HttpHeader.DATE,
            HttpHeader.MAX_FORWARDS,
            HttpHeader.RANGE,
            HttpHeader.IF_RANGE,
            HttpHeader.IF_MODIFIED_SINCE,
            HttpHeader.IF_UNMODIFIED_SINCE,
            HttpHeader.CONTENT_RANGE);

    private final RequestParams params;
    private final CgiVariables variables = new CgiVariables();
    private final TargetRules targetRules;
    private final PortSource portSource;
    private final boolean redirectAuthorization;
    private final ForwardedHeaders forwarded;
    private final HttpFields.Mutable fields;
    private HostPortHttpField host;

    /**
     * @param params      the parameters of the request
     * @param targetRules how its path and query are found
     * @param portSource  how the port is found under which the client asked
     * @param redirectAuthorization whether REDIRECT_HTTP_AUTHORIZATION is the header Authorization, if there is none
     * @param proxies     who is believed about clients
     */
    public RequestReader(
            RequestParams params,
            TargetRules targetRules,
            PortSource portSource,
            boolean redirectAuthorization,
            TrustedProxies proxies) {
        this.params = params;
        this.targetRules = targetRules;
        this.portSource = portSource;
        this.redirectAuthorization = redirectAuthorization;
        this.forwarded = new ForwardedHeaders(proxies);
        this.fields = HttpFields.build();
        for (int pair = 0; pair < params.size(); pair++) {
            CgiVariable variable = params.get(pair).variable();
            if (variable != null) {
                variables.set(variable, params.get(pair));
            }
        }
    }

    /**
     * {@return the request}
     *
     * @throws BadRequest if the parameters do not make one, with the status that the client should get
     */
    public CgiRequest read() {
        readHeaders();
        if (redirectAuthorization
                && variables.has(CgiVariable.REDIRECT_HTTP_AUTHORIZATION)
                && !fields.contains(HttpHeader.AUTHORIZATION)) {
            fields.add(
                    HttpHeader.AUTHORIZATION,
                    variables.pair(CgiVariable.REDIRECT_HTTP_AUTHORIZATION).headerValue());
        }
        String method = method();
        long bodyLength = bodyLength();
        long contentLength = isLengthAdded(method, bodyLength) ? -1 : bodyLength;
        if (variables.has(CgiVariable.CONTENT_TYPE)) {
            fields.add(variables.pair(CgiVariable.CONTENT_TYPE).field());
        }
        if (contentLength >= 0) {
            fields.add(HttpHeader.CONTENT_LENGTH, contentLength);
        }

        InetSocketAddress peer = SocketAddresses.of(
                variables.get(CgiVariable.REMOTE_ADDR),
                variables.get(CgiVariable.REMOTE_HOST),
                port(CgiVariable.REMOTE_PORT));
        ForwardedHeaders.Hop hop = forwarded.hop(peer, fields);
        boolean secure = hop.scheme() == null ? isSecure() : hop.scheme() == HttpScheme.HTTPS;
        int serverPort = port(CgiVariable.SERVER_PORT);
        HostPort server = hop.isAboutServer() ? server(hop) : server(serverPort);
        tellHost(server, secure);
        return new CgiRequest(
                method,
                uri(method, secure, server),
                version(),
                fields.asImmutable(),
                contentLength,
                bodyLength,
                secure,
                server,
                SocketAddresses.of(variables.get(CgiVariable.SERVER_ADDR), null, serverPort),
                hop.client() == null ? peer : hop.client(),
                role());
    }

    /** For what decides about access, an empty value is not as good as none. */
    private String role() {
        String role = variables.get(CgiVariable.FCGI_ROLE);
        return role == null && variables.isSent(CgiVariable.FCGI_ROLE) ? "" : role;
    }

    private void readHeaders() {
        RequestParam sentHost = null;
        for (int pair = 0; pair < params.size(); pair++) {
            RequestParam param = params.get(pair);
            HttpHeader header = param.header();
            if (header == HttpHeader.COOKIE) {
                fields.add(HttpHeader.COOKIE, cookies(param.headerValue()));
            } else if (SINGLE.contains(header) && fields.getField(header) != null) {
                fields.put(param.field());
            } else if (param.isHeader() && param.field() != null) {
                fields.add(param.field());
            }
            sentHost = header == HttpHeader.HOST ? param : sentHost;
        }
        host = sentHost == null ? null : host(sentHost);
    }

    private String cookies(String value) {
        boolean joined = JoinedCookies.isJoining(
                variables.get(CgiVariable.SERVER_SOFTWARE), variables.get(CgiVariable.SERVER_PROTOCOL));
        return joined ? JoinedCookies.apart(value) : value;
    }

    /** {@return the Host header, or null if it is as good as none} */
    private HostPortHttpField host(RequestParam sent) {
        if (sent.field().getValue().isEmpty() || isPlaceholder(sent)) {
            fields.remove(HttpHeader.HOST);
            return null;
        }
        try {
            return sent.host();
        } catch (HttpException.RuntimeException e) {
            throw new BadRequest("bad Host header");
        }
    }

    /** If the client sent no Host, nginx's {@code $host} is the configured name of the server, even a pattern. */
    private boolean isPlaceholder(RequestParam sent) {
        return variables.has(CgiVariable.SERVER_NAME)
                && variables.pair(CgiVariable.SERVER_NAME).headerValue().equals(sent.headerValue())
                && !ServerName.is(sent.headerValue());
    }

    /** Makes the Host header and the URI agree: WebDAV compares them, and so does Jetty from 12.1.12 on. */
    private void tellHost(HostPort server, boolean secure) {
        if (host == null) {
            return;
        }
        String scheme = scheme(secure).asString();
        int port = URIUtil.normalizePortForScheme(scheme, server.getPort());
        boolean agrees = server.getHost().equals(host.getHost())
                && port == URIUtil.normalizePortForScheme(scheme, host.getPort());
        HttpField told = agrees ? host : new HostPortHttpField(server.getHost(), port);
        if (fields.getField(HttpHeader.HOST) != told) {
            fields.put(told);
        }
    }

    private String method() {
        String method = variables.get(CgiVariable.REQUEST_METHOD);
        if (method == null) {
            throw new BadRequest("no REQUEST_METHOD");
        }
        if (!Token.is(method) || HttpMethod.CONNECT.is(method)) {
            throw new BadRequest("bad REQUEST_METHOD");
        }
        return method;
    }

    private long bodyLength() {
        String length = variables.get(CgiVariable.CONTENT_LENGTH);
        // Caddy says -1 when it does not know.
        if (length == null || length.equals("-1")) {
            return -1;
        }
        long value = parseLength(length);
        String clients = variables.get(CgiVariable.HTTP_CONTENT_LENGTH);
        if (clients != null && parseLength(clients) != value) {
            throw new BadRequest("CONTENT_LENGTH and HTTP_CONTENT_LENGTH differ");
        }
        return value;
    }

    /** Some web servers add a length of 0 to what has no body. */
    private boolean isLengthAdded(String method, long length) {
        return length == 0
                && !variables.has(CgiVariable.HTTP_CONTENT_LENGTH)
                && BODILESS.contains(HttpMethod.fromString(method));
    }

    private static long parseLength(String length) {
        try {
            if (isDecimal(length)) {
                return Long.parseLong(length);
            }
        } catch (NumberFormatException e) {
            // Too large: refused like any other that is not a number.
        }
        throw new BadRequest("bad CONTENT_LENGTH");
    }

    private boolean isSecure() {
        String https = variables.get(CgiVariable.HTTPS);
        if (https != null) {
            return !https.equalsIgnoreCase("off") && !https.equals("0");
        }
        return HttpScheme.HTTPS.is(variables.get(CgiVariable.REQUEST_SCHEME));
    }

    private static HttpScheme scheme(boolean secure) {
        return secure ? HttpScheme.HTTPS : HttpScheme.HTTP;
    }

    /** The Host header first; what it lacks comes from SERVER_NAME and, unless configured otherwise, SERVER_PORT. */
    private HostPort server(int serverPort) {
        if (host != null) {
            return new HostPort(host.getHost(), portSource.port(host.getPort(), serverPort));
        }
        HostPort server = server(CgiVariable.SERVER_NAME);
        if (server == null) {
            server = server(CgiVariable.SERVER_ADDR);
        }
        if (server == null) {
            return new HostPort("localhost", serverPort);
        }
        return new HostPort(server.getHost(), serverPort > 0 ? serverPort : server.getPort());
    }

    /** The port of the web server is not the one that a client of the proxy used. */
    private HostPort server(ForwardedHeaders.Hop hop) {
        HostPort told = hop.host();
        if (told == null) {
            told = host == null ? server(0) : host.getHostPort();
        }
        return new HostPort(told.getHost(), told.getPort() > 0 ? told.getPort() : hop.port());
    }

    /**
     * {@return the server by this variable, or null if that is no name: nginx may send a regular expression there, a
     * name with {@code *}, or {@code _} for any}
     */
    private HostPort server(CgiVariable variable) {
        String name = variables.get(variable);
        if (name == null || !ServerName.is(name)) {
            return null;
        }
        try {
            return new HostPort(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** {@return a port, or 0 if the web server does not know it, as when it was asked by a Unix socket} */
    private int port(CgiVariable variable) {
        String port = variables.get(variable);
        if (port == null) {
            return 0;
        }
        if (port.length() <= 5 && isDecimal(port)) {
            int value = Integer.parseInt(port);
            if (value <= MAX_PORT) {
                return value;
            }
        }
        throw new BadRequest("bad " + variable);
    }

    private HttpURI uri(String method, boolean secure, HostPort server) {
        HttpURI.Mutable uri = ClientPath.uri(method, RequestTarget.of(variables, targetRules));
        HttpScheme scheme = scheme(secure);
        int port = URIUtil.normalizePortForScheme(scheme.asString(), server.getPort());
        return uri.scheme(scheme).authority(server.getHost(), port).asImmutable();
    }

    private HttpVersion version() {
        String protocol = variables.get(CgiVariable.SERVER_PROTOCOL);
        return switch (protocol == null ? "" : protocol) {
            // INCLUDED means a server-side include.
            case "HTTP/1.0", "INCLUDED" -> HttpVersion.HTTP_1_0;
            case "HTTP/2", "HTTP/2.0" -> HttpVersion.HTTP_2;
            case "HTTP/3", "HTTP/3.0" -> HttpVersion.HTTP_3;
            default -> HttpVersion.HTTP_1_1;
        };
    }

    private static boolean isDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
