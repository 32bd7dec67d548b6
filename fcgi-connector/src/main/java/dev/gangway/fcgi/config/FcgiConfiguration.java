package dev.gangway.fcgi.config;

import dev.gangway.api.Role;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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
 * <p>Set it up before the connector starts; it must not be changed afterwards. Every setter checks its value and throws
 * {@link IllegalArgumentException} if it is out of range.
 */
@ManagedObject("FastCGI configuration")
public non-sealed class FcgiConfiguration extends FcgiLimits implements Dumpable {
    /** What to do when the web server ends its side of the connection after a complete request. */
    public enum HalfClose {
        /** It gave the request up: abort it. nginx has no other way to say so. */
        ABORT,
        /** It merely has no more to say, as a relay does: answer, then close. */
        TOLERATE
    }

    private boolean multiplexing = true;
    private PathSource pathSource = PathSource.REQUEST_URI;
    private PortSource portSource = PortSource.HOST_OR_SERVER;
    private Charset paramsCharset = StandardCharsets.UTF_8;
    private String stripPrefix = "";
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

    /** With the defaults. */
    public FcgiConfiguration() {}

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

    /** {@return the charset of PARAMS that are not headers, such as the name of a user} */
    @ManagedAttribute("the charset of PARAMS that are no headers, as the name of a user")
    public Charset getParamsCharset() {
        return paramsCharset;
    }

    /**
     * @param paramsCharset the charset of PARAMS that are not headers, such as the name of a user, and of the variables
     *     that an Authorizer sets; UTF-8 by default. Headers are ISO-8859-1, as in HTTP
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
     * Serves an application at another path than clients see. The application does not know: the web server has to
     * correct every link, redirect and cookie path that the application makes.
     *
     * @param stripPrefix what is removed from the beginning of each path, such as {@code /shop}, with escapes as
     *     clients write them; other paths are answered with 404; empty for nothing
     */
    public void setStripPrefix(String stripPrefix) {
        if (!stripPrefix.isEmpty() && (!stripPrefix.startsWith("/") || stripPrefix.endsWith("/"))) {
            throw new IllegalArgumentException(
                    "stripPrefix is " + stripPrefix + ", want a path as /shop, without a slash at its end");
        }
        this.stripPrefix = stripPrefix;
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
     * @param earlyHints whether 103 Early Hints are sent, as a header block of their own; only for web servers that
     *     pass them on, as lighttpd does: others take them for the response
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
     *     FCGI_UNKNOWN_ROLE. The Authorizer should be among them only if the application was made for that: a status of
     *     200 grants access if there is an {@code AuthorizerHandler}, and without one only if content comes with it
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
    @ManagedAttribute("whether nothing but an explicit grant grants access")
    public boolean isExplicitGrant() {
        return explicitGrant;
    }

    /**
     * @param explicitGrant whether a status of 200 grants access only by {@link AuthorizerGrant}; else content that
     *     comes with it grants as well. If set, HEAD, OPTIONS and TRACE reach the application as such
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
                "connectionThreads=" + getConnectionThreads(),
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
                "requestTimeout=" + getRequestTimeout(),
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
}
