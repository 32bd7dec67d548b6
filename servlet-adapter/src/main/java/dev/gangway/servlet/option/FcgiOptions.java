package dev.gangway.servlet.option;

import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.config.FcgiLimits;
import dev.gangway.fcgi.config.PathSource;
import dev.gangway.fcgi.config.PortSource;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The limits and switches of the FastCGI connector, as options. */
public final class FcgiOptions {
    private static final FcgiConfiguration DEFAULTS = new FcgiConfiguration();

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description = "Maximum number of open connections; further ones are closed (default: ${DEFAULT-VALUE}).")
    private int maxConnections = DEFAULTS.getMaxConnections();

    @Option(
            names = "--max-requests-at-once",
            paramLabel = "N",
            description = "Maximum number of active requests; further ones get 503 (default: ${DEFAULT-VALUE}).")
    private int maxRequests = DEFAULTS.getMaxRequests();

    @Option(
            names = "--max-requests-per-connection",
            paramLabel = "N",
            description = "Number of requests after which a connection is closed; 0 for no limit (default:"
                    + " ${DEFAULT-VALUE}).")
    private int maxRequestsPerConnection = DEFAULTS.getMaxRequestsPerConnection();

    @Option(
            names = "--connection-threads",
            paramLabel = "auto|off|N",
            converter = ThreadCount.class,
            description = "Threads that may stay with a connection and wait for its next request themselves: faster, as"
                    + " long as there are threads (default: auto, half of all threads).")
    private int connectionThreads = DEFAULTS.getConnectionThreads();

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
            description = "Maximum number of parameters (name-value pairs) of a request; more get 431 (default:"
                    + " ${DEFAULT-VALUE}).")
    private int maxParams = DEFAULTS.getMaxParams();

    @Option(
            names = "--max-params-bytes",
            paramLabel = "BYTES",
            converter = Quantity.IntBytes.class,
            description =
                    "Maximum total size of the parameters of a request; more get 431 (default:" + " ${DEFAULT-VALUE}).")
    private int maxParamsBytes = DEFAULTS.getMaxParamsBytes();

    @Option(
            names = "--max-param-name-bytes",
            paramLabel = "BYTES",
            converter = Quantity.IntBytes.class,
            description = "Maximum size of a parameter's name; a longer one gets 431 (default: ${DEFAULT-VALUE}).")
    private int maxParamNameBytes = DEFAULTS.getMaxParamNameBytes();

    @Option(
            names = "--max-param-value-bytes",
            paramLabel = "BYTES",
            converter = Quantity.IntBytes.class,
            description = "Maximum size of a parameter's value; a longer one gets 431 (default: ${DEFAULT-VALUE}).")
    private int maxParamValueBytes = DEFAULTS.getMaxParamValueBytes();

    @Option(
            names = "--path-from",
            paramLabel = "PARAMETERS",
            description = "Parameters from which the path of a request is taken: ${COMPLETION-CANDIDATES} (default:"
                    + " ${DEFAULT-VALUE}). Only the first one is the path as the client sent it.")
    private PathSource pathSource = DEFAULTS.getPathSource();

    @Option(
            names = "--port-from",
            paramLabel = "PARAMETERS",
            description = "Where the port that the client used is taken from: ${COMPLETION-CANDIDATES} (default:"
                    + " ${DEFAULT-VALUE}). Use host behind a load balancer; the port is then 80 or 443 if the"
                    + " Host header has none.")
    private PortSource portSource = DEFAULTS.getPortSource();

    @Option(
            names = "--strip-prefix",
            paramLabel = "/PREFIX",
            description = "Remove this prefix from each path; other paths get 404 (default: nothing). The"
                    + " application does not know about the prefix, so the web server has to correct redirects,"
                    + " links and cookie paths. Where possible, use the same path as --context-path instead.")
    private String stripPrefix = DEFAULTS.getStripPrefix();

    @Option(
            names = "--max-uri-length",
            paramLabel = "N",
            description = "Maximum length of the path and query of a request, in characters; longer ones get 414"
                    + " (default: ${DEFAULT-VALUE}).")
    private int maxUriLength = DEFAULTS.getMaxUriLength();

    @Option(
            names = "--max-body-bytes",
            paramLabel = "BYTES",
            converter = Quantity.Bytes.class,
            description = "Maximum size of a request body; a larger one gets 413; 0 for no limit (default:"
                    + " ${DEFAULT-VALUE}).")
    private long maxBodyBytes = DEFAULTS.getMaxBodyBytes();

    @Option(
            names = "--min-body-rate",
            paramLabel = "BYTES",
            converter = Quantity.Bytes.class,
            description = "Bytes per second at which a request body has to arrive while the application waits for"
                    + " it; a slower one gets 408; 0 for no minimum (default: ${DEFAULT-VALUE}).")
    private long minBodyRate = DEFAULTS.getMinBodyRate();

    @Option(
            names = "--body-rate-grace",
            paramLabel = "SECONDS",
            converter = Quantity.Seconds.class,
            description = "Time of waiting before --min-body-rate applies (default: ${DEFAULT-VALUE}).")
    private long bodyRateGrace = DEFAULTS.getBodyRateGrace().toSeconds();

    @Option(
            names = "--max-buffered-stdin-bytes",
            paramLabel = "BYTES",
            converter = Quantity.IntBytes.class,
            description = "Bytes of a request body that are buffered until the application reads them (default:"
                    + " ${DEFAULT-VALUE}).")
    private int maxBufferedStdinBytes = DEFAULTS.getMaxBufferedStdinBytes();

    @Option(
            names = "--max-buffered-input-bytes",
            paramLabel = "BYTES",
            converter = Quantity.Bytes.class,
            description = "Bytes that are buffered for all request bodies together (default: an eighth of the"
                    + " memory that the JVM has for buffers).")
    private long maxBufferedInputBytes = DEFAULTS.getMaxBufferedInputBytes();

    @Option(
            names = "--params-timeout",
            paramLabel = "SECONDS",
            converter = Quantity.Seconds.class,
            description =
                    "Time within which the parameters of a request have to arrive (default:" + " ${DEFAULT-VALUE}).")
    private long paramsTimeout = DEFAULTS.getParamsTimeout().toSeconds();

    @Option(
            names = "--request-idle-timeout",
            paramLabel = "SECONDS",
            converter = Quantity.Seconds.class,
            description = "Maximum wait for the next bytes of a request body, or for the web server to accept more"
                    + " of a response (default: ${DEFAULT-VALUE}).")
    private long requestIdleTimeout = DEFAULTS.getRequestIdleTimeout().toSeconds();

    @Option(
            names = "--read-timeout",
            paramLabel = "SECONDS",
            converter = Quantity.Seconds.class,
            description = "A different timeout for request bodies (default: --request-idle-timeout).")
    private Long readTimeout;

    @Option(
            names = "--write-timeout",
            paramLabel = "SECONDS",
            converter = Quantity.Seconds.class,
            description = "A different timeout for responses (default: --request-idle-timeout).")
    private Long writeTimeout;

    @Option(
            names = "--request-timeout",
            paramLabel = "SECONDS",
            converter = Quantity.Seconds.class,
            description = "Maximum time for a whole request; later it gets 504, or is cut off if its response has"
                    + " begun, and the thread that runs the application is interrupted; 0 for no limit (default:"
                    + " ${DEFAULT-VALUE}).")
    private long requestTimeout;

    @Option(
            names = "--connection-idle-timeout",
            paramLabel = "SECONDS",
            converter = Quantity.Seconds.class,
            description = "Time after which a connection without a request is closed (default: ${DEFAULT-VALUE}).")
    private long connectionIdleTimeout = DEFAULTS.getConnectionIdleTimeout().toSeconds();

    @Option(
            names = "--stall-timeout",
            paramLabel = "SECONDS",
            converter = Quantity.Seconds.class,
            description = "Maximum time for which a request whose body is not read may hold up other requests on"
                    + " its connection (default: ${DEFAULT-VALUE}).")
    private long stallTimeout = DEFAULTS.getStallTimeout().toSeconds();

    @Option(
            names = "--half-close",
            paramLabel = "abort|tolerate",
            description = "What it means when the web server closes its sending side after a complete request:"
                    + " abort, the client has gone; tolerate, there is just nothing more to send (default:"
                    + " abort).")
    private FcgiConfiguration.HalfClose halfClose = DEFAULTS.getHalfClose();

    @Option(
            names = "--early-hints",
            description = "Send 103 Early Hints as a separate header block. Only for web servers that pass it on,"
                    + " such as lighttpd; others take it for the response.")
    private boolean earlyHints;

    @Option(
            names = "--params-charset",
            paramLabel = "CHARSET",
            description = "Charset of parameters that are not HTTP headers, such as REMOTE_USER (default:"
                    + " ${DEFAULT-VALUE}).")
    private Charset paramsCharset = DEFAULTS.getParamsCharset();

    @Option(
            names = "--attributes",
            paramLabel = "PATTERN",
            split = Values.COMMA,
            splitSynopsisLabel = ",",
            description = "Parameters that applications find as request attributes with the same names: NAME, or"
                    + " NAME* for all whose names begin with NAME (default: none).")
    private List<String> attributes = List.of();

    @Option(
            names = "--redirect-authorization",
            description = "Use REDIRECT_HTTP_AUTHORIZATION as the Authorization header of a request that has none;"
                    + " Apache httpd renames the header so when it rewrites a request.")
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
        configuration.setConnectionThreads(connectionThreads);
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
        configuration.setRequestTimeout(requestTimeout == 0 ? null : Duration.ofSeconds(requestTimeout));
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

    /** How many threads may stay with a connection, as users write it: a number, {@code auto} or {@code off}. */
    static final class ThreadCount implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "auto" -> FcgiLimits.AUTO;
                case "off" -> 0;
                default -> number(text);
            };
        }

        private static Integer number(String text) {
            if (!text.matches("\\d{1,9}")) {
                throw new TypeConversionException("'" + text + "' is not auto, off or a whole number");
            }
            return Integer.valueOf(text);
        }
    }
}
