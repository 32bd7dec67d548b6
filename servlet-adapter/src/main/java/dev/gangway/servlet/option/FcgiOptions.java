package dev.gangway.servlet.option;

import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.config.PathSource;
import dev.gangway.fcgi.config.PortSource;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** The limits and switches of the FastCGI connector, as options. */
public final class FcgiOptions {
    private static final FcgiConfiguration DEFAULTS = new FcgiConfiguration();

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description = "Connections that may be open at once; further ones are closed (default: ${DEFAULT-VALUE}).")
    private int maxConnections = DEFAULTS.getMaxConnections();

    @Option(
            names = "--max-requests-at-once",
            paramLabel = "N",
            description = "Requests that may be active at once; further ones get 503 (default: ${DEFAULT-VALUE}).")
    private int maxRequests = DEFAULTS.getMaxRequests();

    @Option(
            names = "--max-requests-per-connection",
            paramLabel = "N",
            description = "Requests after which a connection is closed; 0 for no limit (default: ${DEFAULT-VALUE}).")
    private int maxRequestsPerConnection = DEFAULTS.getMaxRequestsPerConnection();

    @Option(
            names = "--multiplexing",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether several requests may be active on one connection (default: yes).")
    private boolean multiplexing;

    @Option(
            names = "--max-params",
            paramLabel = "N",
            description = "Name-value pairs that a request may have; more get 431 (default: ${DEFAULT-VALUE}).")
    private int maxParams = DEFAULTS.getMaxParams();

    @Option(
            names = "--max-params-bytes",
            paramLabel = "BYTES",
            converter = Quantity.IntBytes.class,
            description = "Bytes that they may have together; more get 431 (default: ${DEFAULT-VALUE}).")
    private int maxParamsBytes = DEFAULTS.getMaxParamsBytes();

    @Option(
            names = "--max-param-name-bytes",
            paramLabel = "BYTES",
            converter = Quantity.IntBytes.class,
            description = "Bytes that the name of one may have; more get 431 (default: ${DEFAULT-VALUE}).")
    private int maxParamNameBytes = DEFAULTS.getMaxParamNameBytes();

    @Option(
            names = "--max-param-value-bytes",
            paramLabel = "BYTES",
            converter = Quantity.IntBytes.class,
            description = "Bytes that the value of one may have; more get 431 (default: ${DEFAULT-VALUE}).")
    private int maxParamValueBytes = DEFAULTS.getMaxParamValueBytes();

    @Option(
            names = "--path-from",
            paramLabel = "PARAMETERS",
            description = "What gives the path of a request: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})."
                    + " Only the first one is the path as the client sent it.")
    private PathSource pathSource = DEFAULTS.getPathSource();

    @Option(
            names = "--port-from",
            paramLabel = "PARAMETERS",
            description = "What gives the port under which the client asked: ${COMPLETION-CANDIDATES}"
                    + " (default: ${DEFAULT-VALUE}). Behind a load balancer, host; without a port in the Host header that"
                    + " is 80 or 443.")
    private PortSource portSource = DEFAULTS.getPortSource();

    @Option(
            names = "--strip-prefix",
            paramLabel = "/PREFIX",
            description = "Remove this from the beginning of each path; other paths get 404 (default: nothing). The"
                    + " application does not know of it, so that the web server has to correct its redirects, links"
                    + " and cookie paths; where it can be, the same path as --context-path is better.")
    private String stripPrefix = DEFAULTS.getStripPrefix();

    @Option(
            names = "--max-uri-length",
            paramLabel = "N",
            description = "Characters that the path and query of a request may have; more get 414"
                    + " (default: ${DEFAULT-VALUE}).")
    private int maxUriLength = DEFAULTS.getMaxUriLength();

    @Option(
            names = "--max-body-bytes",
            paramLabel = "BYTES",
            converter = Quantity.Bytes.class,
            description = "Bytes that a request body may have; more get 413; 0 for no limit"
                    + " (default: ${DEFAULT-VALUE}).")
    private long maxBodyBytes = DEFAULTS.getMaxBodyBytes();

    @Option(
            names = "--min-body-rate",
            paramLabel = "BYTES",
            converter = Quantity.Bytes.class,
            description = "Bytes of a request body that have to come in a second while the application waits for them;"
                    + " slower ones get 408; 0 for any rate (default: ${DEFAULT-VALUE}).")
    private long minBodyRate = DEFAULTS.getMinBodyRate();

    @Option(
            names = "--body-rate-grace",
            paramLabel = "SECONDS",
            converter = Quantity.Seconds.class,
            description = "Time of waiting after which that counts (default: ${DEFAULT-VALUE}).")
    private long bodyRateGrace = DEFAULTS.getBodyRateGrace().toSeconds();

    @Option(
            names = "--max-buffered-stdin-bytes",
            paramLabel = "BYTES",
            converter = Quantity.IntBytes.class,
            description = "Bytes of a request body that are kept until the application reads them"
                    + " (default: ${DEFAULT-VALUE}).")
    private int maxBufferedStdinBytes = DEFAULTS.getMaxBufferedStdinBytes();

    @Option(
            names = "--max-buffered-input-bytes",
            paramLabel = "BYTES",
            converter = Quantity.Bytes.class,
            description =
                    "Bytes that are kept of all request bodies together (default: an eighth of the memory that the"
                            + " JVM has for buffers).")
    private long maxBufferedInputBytes = DEFAULTS.getMaxBufferedInputBytes();

    @Option(
            names = "--params-timeout",
            paramLabel = "SECONDS",
            converter = Quantity.Seconds.class,
            description = "Time in which the parameters of a request have to arrive (default: ${DEFAULT-VALUE}).")
    private long paramsTimeout = DEFAULTS.getParamsTimeout().toSeconds();

    @Option(
            names = "--request-idle-timeout",
            paramLabel = "SECONDS",
            converter = Quantity.Seconds.class,
            description = "Time that an application waits for the next bytes of a request body, or until the web"
                    + " server takes some of a response (default: ${DEFAULT-VALUE}).")
    private long requestIdleTimeout = DEFAULTS.getRequestIdleTimeout().toSeconds();

    @Option(
            names = "--read-timeout",
            paramLabel = "SECONDS",
            converter = Quantity.Seconds.class,
            description = "Time of its own for the request body (default: --request-idle-timeout).")
    private Long readTimeout;

    @Option(
            names = "--write-timeout",
            paramLabel = "SECONDS",
            converter = Quantity.Seconds.class,
            description = "Time of its own for the response (default: --request-idle-timeout).")
    private Long writeTimeout;

    @Option(
            names = "--connection-idle-timeout",
            paramLabel = "SECONDS",
            converter = Quantity.Seconds.class,
            description = "Time that a connection stays open without a request (default: ${DEFAULT-VALUE}).")
    private long connectionIdleTimeout = DEFAULTS.getConnectionIdleTimeout().toSeconds();

    @Option(
            names = "--stall-timeout",
            paramLabel = "SECONDS",
            converter = Quantity.Seconds.class,
            description = "Time for which a request whose body is not read may hold up the others of its connection"
                    + " (default: ${DEFAULT-VALUE}).")
    private long stallTimeout = DEFAULTS.getStallTimeout().toSeconds();

    @Option(
            names = "--half-close",
            paramLabel = "abort|tolerate",
            description = "What it means when the web server ends its side after a complete request: the client has"
                    + " gone, or there is merely nothing more to say (default: abort).")
    private FcgiConfiguration.HalfClose halfClose = DEFAULTS.getHalfClose();

    @Option(
            names = "--early-hints",
            description = "Send 103 Early Hints as a header block of their own. Only for web servers that pass them on,"
                    + " as lighttpd does: others take them for the response.")
    private boolean earlyHints;

    @Option(
            names = "--params-charset",
            paramLabel = "CHARSET",
            description = "Charset of parameters that are no headers, as REMOTE_USER (default: ${DEFAULT-VALUE}).")
    private Charset paramsCharset = DEFAULTS.getParamsCharset();

    @Option(
            names = "--attributes",
            paramLabel = "PATTERN",
            split = Values.COMMA,
            splitSynopsisLabel = ",",
            description = "Parameters that applications find as request attributes of the same name:"
                    + " NAME, or NAME* for all that begin so (default: none).")
    private List<String> attributes = List.of();

    @Option(
            names = "--redirect-authorization",
            description = "Take REDIRECT_HTTP_AUTHORIZATION, which is what Apache httpd makes of it when it rewrites a"
                    + " request, for the header Authorization of a request without one.")
    private boolean redirectAuthorization;

    /**
     * {@return the configuration that the options stand for}
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public FcgiConfiguration configuration() {
        FcgiConfiguration configuration = new FcgiConfiguration();
        configuration.setMaxConnections(maxConnections);
        configuration.setMaxRequests(maxRequests);
        configuration.setMaxRequestsPerConnection(maxRequestsPerConnection);
        configuration.setMultiplexing(multiplexing);
        configuration.setMaxParams(maxParams);
        configuration.setMaxParamsBytes(maxParamsBytes);
        configuration.setMaxParamNameBytes(maxParamNameBytes);
        configuration.setMaxParamValueBytes(maxParamValueBytes);
        configuration.setPathSource(pathSource);
        configuration.setPortSource(portSource);
        configuration.setStripPrefix(stripPrefix);
        configuration.setMaxUriLength(maxUriLength);
        configuration.setMaxBodyBytes(maxBodyBytes);
        configuration.setMinBodyRate(minBodyRate);
        configuration.setBodyRateGrace(Duration.ofSeconds(bodyRateGrace));
        configuration.setMaxBufferedStdinBytes(maxBufferedStdinBytes);
        configuration.setMaxBufferedInputBytes(maxBufferedInputBytes);
        configuration.setParamsTimeout(Duration.ofSeconds(paramsTimeout));
        configuration.setRequestIdleTimeout(Duration.ofSeconds(requestIdleTimeout));
        configuration.setRequestReadTimeout(seconds(readTimeout));
        configuration.setRequestWriteTimeout(seconds(writeTimeout));
        configuration.setConnectionIdleTimeout(Duration.ofSeconds(connectionIdleTimeout));
        configuration.setStallTimeout(Duration.ofSeconds(stallTimeout));
        configuration.setHalfClose(halfClose);
        configuration.setEarlyHints(earlyHints);
        configuration.setParamsCharset(paramsCharset);
        configuration.setAttributes(attributes);
        configuration.setRedirectAuthorization(redirectAuthorization);
        return configuration;
    }

    private static Duration seconds(Long value) {
        return value == null ? null : Duration.ofSeconds(value);
    }
}
