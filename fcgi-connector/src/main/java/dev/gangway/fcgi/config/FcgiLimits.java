package dev.gangway.fcgi.config;

import java.time.Duration;
import org.eclipse.jetty.util.annotation.ManagedAttribute;

/**
 * How much a peer, a request and a connection may take, and how long. The numbers that cannot be set are the {@link
 * FixedLimits}.
 *
 * <p>Every setter checks its value and throws {@link IllegalArgumentException} if it is out of range.
 */
public abstract sealed class FcgiLimits permits FcgiConfiguration {
    /** As many as suit the pool of threads. */
    public static final int AUTO = -1;

    private int maxConnections = 10_000;
    private int maxRequests = 1_000;
    private int maxRequestsPerConnection;
    private int connectionThreads = AUTO;
    private int maxParamsBytes = 128 * 1024;
    private int maxParams = 1_000;
    private int maxParamNameBytes = 1024;
    private int maxParamValueBytes = 64 * 1024;
    private int maxUriLength = 8 * 1024;
    private long maxBodyBytes;
    private int maxBufferedStdinBytes = 256 * 1024;
    private long maxBufferedInputBytes;
    private long minBodyRate;
    private Duration bodyRateGrace = Duration.ofSeconds(10);
    private Duration paramsTimeout = Duration.ofSeconds(20);
    private Duration requestIdleTimeout = Duration.ofSeconds(30);
    /** Null, like {@code requestWriteTimeout}, for {@code requestIdleTimeout}. */
    private Duration requestReadTimeout;

    private Duration requestWriteTimeout;
    /** Null for no limit. */
    private Duration requestTimeout;

    private Duration connectionIdleTimeout = Duration.ofMinutes(5);
    private Duration stallTimeout = Duration.ofSeconds(10);

    FcgiLimits() {}

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
     *     FCGI_OVERLOADED. A request counts from the end of its PARAMS on, or as soon as they exceed 4 KiB
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
     *     have come meanwhile are still served
     */
    public void setMaxRequestsPerConnection(int maxRequestsPerConnection) {
        this.maxRequestsPerConnection = atLeast(0, maxRequestsPerConnection, "maxRequestsPerConnection");
    }

    /** {@return how many threads may stay with a connection; {@link #AUTO} for half of the pool} */
    @ManagedAttribute("how many threads may stay with a connection, -1 for half of the pool")
    public int getConnectionThreads() {
        return connectionThreads;
    }

    /**
     * A thread that has served a request stays with the connection for half a second, and waits for the next request
     * itself, which saves the hand-over between two threads. None stays with a connection on which requests overlap, nor
     * while the pool is short of threads.
     *
     * @param connectionThreads how many threads may stay, 0 for none; {@link #AUTO}, the default, for half of the pool,
     *     and none if it does not tell its size
     */
    public void setConnectionThreads(int connectionThreads) {
        this.connectionThreads = atLeast(AUTO, connectionThreads, "connectionThreads");
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

    /** {@return how many bytes of STDIN are kept for a request whose application does not read them} */
    @ManagedAttribute("how many bytes of STDIN are kept for a request whose application does not read them")
    public int getMaxBufferedStdinBytes() {
        return maxBufferedStdinBytes;
    }

    /**
     * @param maxBufferedStdinBytes how many bytes of STDIN, and of DATA, are kept for a request whose application does
     *     not read them, at least 0; past it the connection is not read until they are taken. If nothing is taken for a
     *     moment, up to sixteen times as much is kept, as long as there is memory, so that an abort or another request
     *     behind them is noticed
     */
    public void setMaxBufferedStdinBytes(int maxBufferedStdinBytes) {
        this.maxBufferedStdinBytes = atLeast(0, maxBufferedStdinBytes, "maxBufferedStdinBytes");
    }

    /**
     * {@return how many bytes of input are kept for all requests together; 0 for an eighth of the memory that the
     * virtual machine has for buffers}
     */
    @ManagedAttribute("how many bytes of input are kept for all requests together")
    public long getMaxBufferedInputBytes() {
        return maxBufferedInputBytes;
    }

    /**
     * @param maxBufferedInputBytes how many bytes of input are kept for all requests together whose applications do not
     *     read them, 0 for an eighth of the memory that the virtual machine has for buffers; past it each request keeps
     *     about 16 KiB at most, and its connection is not read until they are taken
     */
    public void setMaxBufferedInputBytes(long maxBufferedInputBytes) {
        this.maxBufferedInputBytes = atLeast(0, maxBufferedInputBytes, "maxBufferedInputBytes");
    }

    /** {@return how many bytes of a body have to come in a second; 0 if that does not matter} */
    @ManagedAttribute("how many bytes of a body have to come in a second")
    public long getMinBodyRate() {
        return minBodyRate;
    }

    /**
     * @param minBodyRate how many bytes of a body have to come in a second, 0 if that does not matter; only the time
     *     that the application waits for them counts, and if they are fewer its read fails with status 408
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

    /** {@return how long an application's reads and writes wait unless they have a time-out of their own} */
    @ManagedAttribute("how long reads and writes of an application wait that have no time-out of their own")
    public Duration getRequestIdleTimeout() {
        return requestIdleTimeout;
    }

    /**
     * @param requestIdleTimeout how long an application's reads and writes wait unless they have a time-out of their
     *     own, more than zero
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

    /** {@return how long a request may take as a whole; null if there is no limit} */
    @ManagedAttribute("how long a request may take as a whole, null for any time")
    public Duration getRequestTimeout() {
        return requestTimeout;
    }

    /**
     * @param requestTimeout how long a request may take, from its beginning to the end of its response, more than zero;
     *     null, the default, for any time. Later it is answered with 504, or cut off if its response has begun, its
     *     reads and writes fail, and the thread that runs the application is interrupted
     */
    public void setRequestTimeout(Duration requestTimeout) {
        this.requestTimeout = requestTimeout == null ? null : positive(requestTimeout, "requestTimeout");
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
     * @param stallTimeout how long a request that does not read its input may hold up the others of its connection,
     *     more than zero; later its input is discarded and its reads fail. On a connection that may be shared nobody
     *     knows whether another request waits behind it, so the limit applies even to a single one
     */
    public void setStallTimeout(Duration stallTimeout) {
        this.stallTimeout = positive(stallTimeout, "stallTimeout");
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
