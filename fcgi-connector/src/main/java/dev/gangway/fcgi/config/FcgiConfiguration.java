package dev.gangway.fcgi.config;

import dev.gangway.fcgi.server.AuthorizerHandler;

import dev.gangway.api.Role;
import dev.gangway.fcgi.record.ParamsLimits;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jetty.util.annotation.ManagedAttribute;
import org.eclipse.jetty.util.annotation.ManagedObject;
import org.eclipse.jetty.util.component.Dumpable;

/**
 * The limits and switches of a FastCGI connector.
 *
 * <p>Set it up before the connector starts; it is not meant to be changed by then. Every setter checks its value and
 * throws {@link IllegalArgumentException} if it is out of range.
 */
@ManagedObject("FastCGI configuration")
public class FcgiConfiguration implements Dumpable {
    /** What to do when the web server ends its side of the connection after a complete request. */
    public enum HalfClose {
        /** It gave the request up: abort it. nginx has no other way to say so. */
        ABORT,
        /** It merely has no more to say, as a relay does: answer, then close. */
        TOLERATE
    }

    private int maxConnections = 10_000;
    private int maxRequests = 1_000;
    private int maxRequestsPerConnection;
    private boolean multiplexing = true;
    private int maxParamsBytes = 128 * 1024;
    private int maxParams = 1_000;
    private int maxParamNameBytes = 1024;
    private int maxParamValueBytes = 64 * 1024;
    private PathSource pathSource = PathSource.REQUEST_URI;
    private PortSource portSource = PortSource.HOST_OR_SERVER;
    private Charset paramsCharset = StandardCharsets.UTF_8;
    private String stripPrefix = "";
    private int maxUriLength = 8 * 1024;
    private long maxBodyBytes;
    private int maxBufferedStdinBytes = 256 * 1024;
    private long maxBufferedInputBytes;
    private long minBodyRate;
    private Duration bodyRateGrace = Duration.ofSeconds(10);
    private Duration paramsTimeout = Duration.ofSeconds(20);
    private Duration requestIdleTimeout = Duration.ofSeconds(30);
    /** Null, as the next one, for the one before. */
    private Duration requestReadTimeout;

    private Duration requestWriteTimeout;
    private Duration connectionIdleTimeout = Duration.ofMinutes(5);
    private Duration stallTimeout = Duration.ofSeconds(10);
    private HalfClose halfClose = HalfClose.ABORT;
    private boolean earlyHints;
    private AttributePatterns attributes = AttributePatterns.NONE;
    private boolean redirectAuthorization;
    private TrustedProxies trustedProxies = TrustedProxies.NONE;
    private Set<Role> roles = EnumSet.of(Role.RESPONDER);
    private String authorizerPath;
    private boolean explicitGrant;
    private AllowedPeers allowedPeers = AllowedPeers.ALL;
    private Secret secret = Secret.NONE;

    /** {@return how many connections may be open at once; FCGI_MAX_CONNS; at least 1} */
    @ManagedAttribute("how many connections may be open at once")
    public int getMaxConnections() {
        return maxConnections;
    }

    /**
     * @param maxConnections how many connections may be open at once, at least 1; further ones are closed unread
     */
    public void setMaxConnections(int maxConnections) {
        this.maxConnections = atLeast(1, maxConnections, "maxConnections");
    }

    /** {@return how many requests may be active at once over all connections; FCGI_MAX_REQS; at least 1} */
    @ManagedAttribute("how many requests may be active at once over all connections")
    public int getMaxRequests() {
        return maxRequests;
    }

    /**
     * @param maxRequests how many requests may be active at once, at least 1; further ones are answered with 503 and
     *     FCGI_OVERLOADED. A request counts from the end of its PARAMS on, or as soon as they have 4 KiB
     */
    public void setMaxRequests(int maxRequests) {
        this.maxRequests = atLeast(1, maxRequests, "maxRequests");
    }

    /** {@return after how many requests a connection is closed; 0 if it may serve any number} */
    @ManagedAttribute("after how many requests a connection is closed")
    public int getMaxRequestsPerConnection() {
        return maxRequestsPerConnection;
    }

    /**
     * @param maxRequestsPerConnection after how many requests a connection is closed, 0 for no limit; requests that
     *     have come meanwhile are served all the same
     */
    public void setMaxRequestsPerConnection(int maxRequestsPerConnection) {
        this.maxRequestsPerConnection = atLeast(0, maxRequestsPerConnection, "maxRequestsPerConnection");
    }

    /** {@return whether several requests may be active on one connection; FCGI_MPXS_CONNS} */
    @ManagedAttribute("whether several requests may be active on one connection")
    public boolean isMultiplexing() {
        return multiplexing;
    }

    /**
     * @param multiplexing whether several requests may be active on one connection; if not, an overlapping one is
     *     answered with 503 and FCGI_CANT_MPX_CONN
     */
    public void setMultiplexing(boolean multiplexing) {
        this.multiplexing = multiplexing;
    }

    /** {@return how many bytes the PARAMS of a request may have, names, values and lengths together} */
    @ManagedAttribute("how many bytes the PARAMS of a request may have, names, values and lengths together")
    public int getMaxParamsBytes() {
        return maxParamsBytes;
    }

    /**
     * @param maxParamsBytes how many bytes the PARAMS of a request may have, at least 1024; more are answered with 431
     */
    public void setMaxParamsBytes(int maxParamsBytes) {
        this.maxParamsBytes = atLeast(1024, maxParamsBytes, "maxParamsBytes");
    }

    /** {@return how many name-value pairs the PARAMS of a request may have} */
    @ManagedAttribute("how many name-value pairs the PARAMS of a request may have")
    public int getMaxParams() {
        return maxParams;
    }

    /**
     * @param maxParams how many name-value pairs the PARAMS of a request may have, at least 1; more are answered with
     *     431
     */
    public void setMaxParams(int maxParams) {
        this.maxParams = atLeast(1, maxParams, "maxParams");
    }

    /** {@return which parameters give the path of a request} */
    @ManagedAttribute("which parameters give the path of a request")
    public PathSource getPathSource() {
        return pathSource;
    }

    /**
     * @param pathSource which parameters give the path of a request, both the one that applications see and the one by
     *     which the request is mapped and guarded
     */
    public void setPathSource(PathSource pathSource) {
        this.pathSource = Objects.requireNonNull(pathSource, "pathSource");
    }

    /** {@return which parameters give the port under which the client asked} */
    @ManagedAttribute("which parameters give the port under which the client asked")
    public PortSource getPortSource() {
        return portSource;
    }

    /** @param portSource which parameters give the port under which the client asked */
    public void setPortSource(PortSource portSource) {
        this.portSource = Objects.requireNonNull(portSource, "portSource");
    }

    /** {@return the charset of PARAMS that are no headers, as the name of a user} */
    @ManagedAttribute("the charset of PARAMS that are no headers, as the name of a user")
    public Charset getParamsCharset() {
        return paramsCharset;
    }

    /**
     * @param paramsCharset the charset of PARAMS that are no headers, as the name of a user, and of the variables that
     *     an Authorizer sets; UTF-8 by default. Headers are ISO-8859-1, as in HTTP
     */
    public void setParamsCharset(Charset paramsCharset) {
        this.paramsCharset = Objects.requireNonNull(paramsCharset, "paramsCharset");
    }

    /** {@return what is removed from the beginning of each path; empty for nothing} */
    @ManagedAttribute("what is removed from the beginning of each path")
    public String getStripPrefix() {
        return stripPrefix;
    }

    /**
     * Serves an application at another path than the web server shows it at. The application does not know: of the
     * links, redirects and cookie paths that it makes from its own path the web server has to correct each.
     *
     * @param stripPrefix what is removed from the beginning of each path, as {@code /shop}, with escapes as clients
     *     write them; other paths are answered with 404; empty for nothing
     */
    public void setStripPrefix(String stripPrefix) {
        if (!stripPrefix.isEmpty() && (!stripPrefix.startsWith("/") || stripPrefix.endsWith("/"))) {
            throw new IllegalArgumentException(
                    "stripPrefix is " + stripPrefix + ", want a path as /shop, without a slash at its end");
        }
        this.stripPrefix = stripPrefix;
    }

    /** {@return how many characters the path and query of a request may have} */
    @ManagedAttribute("how many characters the path and query of a request may have")
    public int getMaxUriLength() {
        return maxUriLength;
    }

    /**
     * @param maxUriLength how many characters the path and query of a request may have, at least 1; more are answered
     *     with 414
     */
    public void setMaxUriLength(int maxUriLength) {
        this.maxUriLength = atLeast(1, maxUriLength, "maxUriLength");
    }

    /** {@return how many bytes the body of a request may have; 0 for any number} */
    @ManagedAttribute("how many bytes the body of a request may have")
    public long getMaxBodyBytes() {
        return maxBodyBytes;
    }

    /**
     * @param maxBodyBytes how many bytes the body of a request may have, 0 for any number; if it announces more it is
     *     answered with 413, and if it turns out to have more the application's read fails with that status
     */
    public void setMaxBodyBytes(long maxBodyBytes) {
        this.maxBodyBytes = atLeast(0, maxBodyBytes, "maxBodyBytes");
    }

    /** {@return how many bytes the name of a parameter may have} */
    @ManagedAttribute("how many bytes the name of a parameter may have")
    public int getMaxParamNameBytes() {
        return maxParamNameBytes;
    }

    /**
     * @param maxParamNameBytes how many bytes the name of a parameter may have, at least 64; more are answered with 431
     */
    public void setMaxParamNameBytes(int maxParamNameBytes) {
        this.maxParamNameBytes = atLeast(64, maxParamNameBytes, "maxParamNameBytes");
    }

    /** {@return how many bytes the value of a parameter may have} */
    @ManagedAttribute("how many bytes the value of a parameter may have")
    public int getMaxParamValueBytes() {
        return maxParamValueBytes;
    }

    /**
     * @param maxParamValueBytes how many bytes the value of a parameter may have, at least 64; more are answered with
     *     431
     */
    public void setMaxParamValueBytes(int maxParamValueBytes) {
        this.maxParamValueBytes = atLeast(64, maxParamValueBytes, "maxParamValueBytes");
    }

    public ParamsLimits paramsLimits() {
        return new ParamsLimits(maxParamsBytes, maxParams, maxParamNameBytes, maxParamValueBytes);
    }

    /** {@return how many bytes of STDIN are kept for a request whose application does not read them} */
    @ManagedAttribute("how many bytes of STDIN are kept for a request whose application does not read them")
    public int getMaxBufferedStdinBytes() {
        return maxBufferedStdinBytes;
    }

    /**
     * @param maxBufferedStdinBytes how many bytes of STDIN are kept for a request whose application does not read them,
     *     at least 0; past it the connection is not read until they are taken. If nothing is taken for a moment, up to
     *     sixteen times as much is kept, as long as there is memory, so that an abort or another request behind it is
     *     noticed
     */
    public void setMaxBufferedStdinBytes(int maxBufferedStdinBytes) {
        this.maxBufferedStdinBytes = atLeast(0, maxBufferedStdinBytes, "maxBufferedStdinBytes");
    }

    /**
     * {@return how many bytes of input are kept for all requests together; 0 for an eighth of the memory that the virtual
     * machine has for buffers}
     */
    @ManagedAttribute("how many bytes of input are kept for all requests together")
    public long getMaxBufferedInputBytes() {
        return maxBufferedInputBytes;
    }

    /**
     * @param maxBufferedInputBytes how many bytes of input are kept for all requests together whose applications do not
     *     read them, 0 for an eighth of the memory that the virtual machine has for buffers; past it each request keeps
     *     16 KiB at most, and its connection is not read until they are taken
     */
    public void setMaxBufferedInputBytes(long maxBufferedInputBytes) {
        this.maxBufferedInputBytes = atLeast(0, maxBufferedInputBytes, "maxBufferedInputBytes");
    }

    /** {@return how long the PARAMS of a request may take to arrive} */
    @ManagedAttribute("how long the PARAMS of a request may take to arrive")
    public Duration getParamsTimeout() {
        return paramsTimeout;
    }

    /**
     * @param paramsTimeout how long the PARAMS of a request may take to arrive, more than zero; later the request is
     *     answered with 408
     */
    public void setParamsTimeout(Duration paramsTimeout) {
        this.paramsTimeout = positive(paramsTimeout, "paramsTimeout");
    }

    /** {@return how long reads and writes of an application wait that have no time-out of their own} */
    @ManagedAttribute("how long reads and writes of an application wait that have no time-out of their own")
    public Duration getRequestIdleTimeout() {
        return requestIdleTimeout;
    }

    /**
     * @param requestIdleTimeout how long reads and writes of an application wait that have no time-out of their own, more
     *     than zero
     */
    public void setRequestIdleTimeout(Duration requestIdleTimeout) {
        this.requestIdleTimeout = positive(requestIdleTimeout, "requestIdleTimeout");
    }

    /** {@return how long an application waits for the next byte of STDIN or DATA} */
    @ManagedAttribute("how long an application waits for the next byte of STDIN or DATA")
    public Duration getRequestReadTimeout() {
        return requestReadTimeout == null ? requestIdleTimeout : requestReadTimeout;
    }

    /**
     * @param requestReadTimeout how long an application waits for the next byte of STDIN or DATA, more than zero; later
     *     its read fails. Null for {@link #getRequestIdleTimeout}
     */
    public void setRequestReadTimeout(Duration requestReadTimeout) {
        this.requestReadTimeout =
                requestReadTimeout == null ? null : positive(requestReadTimeout, "requestReadTimeout");
    }

    /** {@return for how long the web server may take nothing of a response that is being written} */
    @ManagedAttribute("for how long the web server may take nothing of a response that is being written")
    public Duration getRequestWriteTimeout() {
        return requestWriteTimeout == null ? requestIdleTimeout : requestWriteTimeout;
    }

    /**
     * @param requestWriteTimeout for how long the web server may take nothing of a response that is being written, more
     *     than zero; later the write fails, and the connection with it. A write that moves may take any time. Null for
     *     {@link #getRequestIdleTimeout}
     */
    public void setRequestWriteTimeout(Duration requestWriteTimeout) {
        this.requestWriteTimeout =
                requestWriteTimeout == null ? null : positive(requestWriteTimeout, "requestWriteTimeout");
    }

    /** {@return how many bytes of a body have to come in a second; 0 if that does not matter} */
    @ManagedAttribute("how many bytes of a body have to come in a second")
    public long getMinBodyRate() {
        return minBodyRate;
    }

    /**
     * @param minBodyRate how many bytes of a body have to come in a second, 0 if that does not matter; only the time
     *     counts for which the application waits for them, and if they are fewer its read fails with status 408
     */
    public void setMinBodyRate(long minBodyRate) {
        this.minBodyRate = atLeast(0, minBodyRate, "minBodyRate");
    }

    /** {@return for how long an application waits before the rate of the body matters} */
    @ManagedAttribute("for how long an application waits before the rate of the body matters")
    public Duration getBodyRateGrace() {
        return bodyRateGrace;
    }

    /**
     * @param bodyRateGrace for how long an application waits before the rate of the body matters, more than zero
     */
    public void setBodyRateGrace(Duration bodyRateGrace) {
        this.bodyRateGrace = positive(bodyRateGrace, "bodyRateGrace");
    }

    /** {@return how long a connection without a request stays open} */
    @ManagedAttribute("how long a connection without a request stays open")
    public Duration getConnectionIdleTimeout() {
        return connectionIdleTimeout;
    }

    /**
     * @param connectionIdleTimeout how long a connection without a request stays open, more than zero; it should exceed
     *     the web server's own keep-alive time, so that the web server is the one that closes
     */
    public void setConnectionIdleTimeout(Duration connectionIdleTimeout) {
        this.connectionIdleTimeout = positive(connectionIdleTimeout, "connectionIdleTimeout");
    }

    /** {@return how long a request that does not read its input may hold up the others of its connection} */
    @ManagedAttribute("how long a request that does not read its input may hold up the others of its connection")
    public Duration getStallTimeout() {
        return stallTimeout;
    }

    /**
     * @param stallTimeout how long a request that does not read its input may hold up the others of its connection, more
     *     than zero; later its input is discarded and its reads fail. Where web servers have several requests on a
     *     connection nobody knows whether another one waits behind it, so that it counts if it is the only one as well
     */
    public void setStallTimeout(Duration stallTimeout) {
        this.stallTimeout = positive(stallTimeout, "stallTimeout");
    }

    /** {@return what the end of the web server's side means after a complete request} */
    @ManagedAttribute("what the end of the web server's side means after a complete request")
    public HalfClose getHalfClose() {
        return halfClose;
    }

    /**
     * @param halfClose what the end of the web server's side means after a complete request
     */
    public void setHalfClose(HalfClose halfClose) {
        this.halfClose = Objects.requireNonNull(halfClose, "halfClose");
    }

    /** {@return whether 103 Early Hints are sent} */
    @ManagedAttribute("whether 103 Early Hints are sent")
    public boolean isEarlyHints() {
        return earlyHints;
    }

    /**
     * @param earlyHints whether 103 Early Hints are sent, as a header block of their own; only for web servers that pass
     *     them on, as lighttpd does: others take them for the response
     */
    public void setEarlyHints(boolean earlyHints) {
        this.earlyHints = earlyHints;
    }

    /** {@return which PARAMS become request attributes of the same name; none by default} */
    @ManagedAttribute("which PARAMS become request attributes of the same name")
    public AttributePatterns getAttributes() {
        return attributes;
    }

    /**
     * @param patterns which PARAMS become request attributes of the same name: a name, or the beginning of one and
     *     {@code *}
     */
    public void setAttributes(List<String> patterns) {
        this.attributes = AttributePatterns.of(patterns);
    }

    /** {@return whether REDIRECT_HTTP_AUTHORIZATION is the header Authorization; not by default} */
    @ManagedAttribute("whether REDIRECT_HTTP_AUTHORIZATION is the header Authorization")
    public boolean isRedirectAuthorization() {
        return redirectAuthorization;
    }

    /**
     * @param redirectAuthorization whether the parameter REDIRECT_HTTP_AUTHORIZATION, which Apache httpd makes of
     *     HTTP_AUTHORIZATION when it redirects within itself, is the header Authorization of a request that has none
     */
    public void setRedirectAuthorization(boolean redirectAuthorization) {
        this.redirectAuthorization = redirectAuthorization;
    }

    /** {@return who is believed about the clients of the web server; nobody by default} */
    @ManagedAttribute("the proxies in front of the web server that are believed")
    public TrustedProxies getTrustedProxies() {
        return trustedProxies;
    }

    /**
     * @param trustedProxies the proxies in front of the web server whose headers {@code X-Forwarded-*} or
     *     {@code Forwarded} tell the client's address, scheme, host and port
     */
    public void setTrustedProxies(TrustedProxies trustedProxies) {
        this.trustedProxies = Objects.requireNonNull(trustedProxies, "trustedProxies");
    }

    /** {@return the roles that are served; the Responder alone by default} */
    @ManagedAttribute("the roles that are served")
    public Set<Role> getRoles() {
        return roles;
    }

    /**
     * @param roles the roles that are served; a request of another one is answered with 403 or 503 and
     *     FCGI_UNKNOWN_ROLE. The Authorizer should be among them only if what gets its requests was made for that: a
     *     status of 200 grants access, if there is an {@link AuthorizerHandler}; without one only if content comes with
     *     it
     */
    public void setRoles(Set<Role> roles) {
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("roles is empty, want at least one");
        }
        this.roles = EnumSet.copyOf(roles);
    }

    /** {@return the path that all requests of the Authorizer are led to, or null if they keep their own} */
    @ManagedAttribute("the path that all requests of the Authorizer are led to, or null if they keep their own")
    public String getAuthorizerPath() {
        return authorizerPath;
    }

    /**
     * @param authorizerPath the path, encoded, with the context path, that all requests of the Authorizer are led to;
     *     null to leave them their own
     */
    public void setAuthorizerPath(String authorizerPath) {
        if (authorizerPath != null && !authorizerPath.matches("/[^?#\\s]*")) {
            throw new IllegalArgumentException("authorizerPath is '" + authorizerPath + "', want /PATH");
        }
        this.authorizerPath = authorizerPath;
    }

    /** {@return whether nothing but {@link AuthorizerGrant} grants access} */
    @ManagedAttribute("whether nothing but {@link AuthorizerGrant")
    public boolean isExplicitGrant() {
        return explicitGrant;
    }

    /**
     * @param explicitGrant whether a status of 200 grants access only by {@link AuthorizerGrant}; else also by the
     *     content that comes with it. HEAD, OPTIONS and TRACE then reach the application as such
     */
    public void setExplicitGrant(boolean explicitGrant) {
        this.explicitGrant = explicitGrant;
    }

    /** {@return which web servers may connect; all by default} */
    @ManagedAttribute("which web servers may connect")
    public AllowedPeers getAllowedPeers() {
        return allowedPeers;
    }

    /**
     * @param allowedPeers which web servers may connect; connections of others are closed unread
     */
    public void setAllowedPeers(AllowedPeers allowedPeers) {
        this.allowedPeers = Objects.requireNonNull(allowedPeers, "allowedPeers");
    }

    /** {@return whether requests have to bring a secret} */
    @ManagedAttribute("whether requests have to bring a secret")
    public boolean isSecretRequired() {
        return secret.isRequired();
    }

    /**
     * @param secret what the parameter GANGWAY_SECRET of every request has to hold, at least 16 bytes; others are
     *     answered with 403. Null if no secret is required. Applications never see the parameter
     */
    public void setSecret(byte[] secret) {
        this.secret = Secret.of(secret);
    }

    public Secret secret() {
        return secret;
    }

    public TargetRules targetRules() {
        return new TargetRules(pathSource, stripPrefix, maxUriLength);
    }

    /** Without the secret. */
    @Override
    public void dump(Appendable out, String indent) throws IOException {
        Dumpable.dumpObjects(
                out,
                indent,
                "FastCGI configuration",
                "maxConnections=" + getMaxConnections(),
                "maxRequests=" + getMaxRequests(),
                "maxRequestsPerConnection=" + getMaxRequestsPerConnection(),
                "multiplexing=" + isMultiplexing(),
                "maxParamsBytes=" + getMaxParamsBytes(),
                "maxParams=" + getMaxParams(),
                "pathSource=" + getPathSource(),
                "portSource=" + getPortSource(),
                "paramsCharset=" + getParamsCharset(),
                "stripPrefix=" + getStripPrefix(),
                "maxUriLength=" + getMaxUriLength(),
                "maxBodyBytes=" + getMaxBodyBytes(),
                "maxParamNameBytes=" + getMaxParamNameBytes(),
                "maxParamValueBytes=" + getMaxParamValueBytes(),
                "maxBufferedStdinBytes=" + getMaxBufferedStdinBytes(),
                "maxBufferedInputBytes=" + getMaxBufferedInputBytes(),
                "paramsTimeout=" + getParamsTimeout(),
                "requestIdleTimeout=" + getRequestIdleTimeout(),
                "requestReadTimeout=" + getRequestReadTimeout(),
                "requestWriteTimeout=" + getRequestWriteTimeout(),
                "minBodyRate=" + getMinBodyRate(),
                "bodyRateGrace=" + getBodyRateGrace(),
                "connectionIdleTimeout=" + getConnectionIdleTimeout(),
                "stallTimeout=" + getStallTimeout(),
                "halfClose=" + getHalfClose(),
                "earlyHints=" + isEarlyHints(),
                "attributes=" + getAttributes(),
                "redirectAuthorization=" + isRedirectAuthorization(),
                "trustedProxies=" + getTrustedProxies(),
                "roles=" + getRoles(),
                "authorizerPath=" + getAuthorizerPath(),
                "explicitGrant=" + isExplicitGrant(),
                "allowedPeers=" + getAllowedPeers(),
                "secretRequired=" + isSecretRequired());
    }

    private static int atLeast(int least, int value, String name) {
        return (int) atLeast(least, (long) value, name);
    }

    private static long atLeast(long least, long value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", want at least " + least);
        }
        return value;
    }

    private static Duration positive(Duration value, String name) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is " + value + ", want more than zero");
        }
        return value;
    }
}
