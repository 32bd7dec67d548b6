package dev.gangway.fcgi.config;

/**
 * The numbers that bound what a peer can cost and that are not to be set: no web server comes near them, and whoever
 * does is no web server. The ones to be set are the {@link FcgiLimits}.
 */
public final class FixedLimits {
    /** How many requests of a connection may wait for the end of their PARAMS: web servers send all of them at once. */
    public static final int INCOMPLETE_REQUESTS = 100;

    /** How many of them a connection may have when all connections together have too many. */
    public static final int INCOMPLETE_REQUESTS_AT_THE_LIMIT = 10;

    /** How many requests may begin between PARAMS of others, over all connections: web servers do not do that. */
    public static final int INTERLEAVED_REQUESTS = 1000;

    /** How many rejected requests may wait for a thread: many more are answered without one, and shorter. */
    public static final int REJECTED_REQUESTS = 100;

    /** How many bytes of PARAMS a request may have before it counts as active: its beginning must not shut out others. */
    public static final int FREE_PARAMS_BYTES = 4 * 1024;

    /** How many complete responses a web server may leave unread before no more of its requests are read. */
    public static final int UNREAD_RESPONSES = 100;

    /** How many threads may be asked for in vain, by requests that are aborted at once, before no more is read. */
    public static final int TASKS_GIVEN_UP = 1000;

    /** How many management records are answered between two requests. */
    public static final int MANAGEMENT_RECORDS = 1000;

    /** How many answers to them may wait for the web server to read them. */
    public static final int UNREAD_MANAGEMENT_ANSWERS = 100;

    /** How long a web server is listened to after the last response, in nanoseconds. */
    public static final long LINGER_NANOS = 30_000_000_000L;

    /** How much of it is listened to, in bytes. */
    public static final long LINGER_BYTES = 256 * 1024 * 1024;

    /** How much input a request may keep even if the budget of all requests is spent, in bytes: it must get on. */
    public static final int FREE_INPUT_BYTES = 17 * 1024;

    /** How many times its limit of input a request may keep if nothing is taken and others may be behind it. */
    public static final int INPUT_RESERVE = 16;

    /** What a piece of input costs beside its content, in bytes: a million tiny records are not free. */
    public static final int INPUT_OVERHEAD_BYTES = 64;

    /** How long a response may be blocked beside a body of which nothing was read, as if none was wanted. */
    public static final long UNWANTED_INPUT_NANOS = 1_000_000_000;

    /** Of how many proxies in a row the last ones are looked at. */
    public static final int FORWARDED_HOPS = 32;

    /** How many characters one of them may say: a client may have written it, and more is no address. */
    public static final int FORWARDED_HOP_LENGTH = 256;

    /** How many lines a minute are logged of each kind of thing that peers can provoke. */
    public static final int LOG_LINES_PER_MINUTE = 3;

    private FixedLimits() {}
}
