package dev.gangway.fcgi.config;

/**
 * Numbers that bound what a peer can cost and cannot be set: no web server comes near them, and a peer that does is not
 * one. Those that can be set are the {@link FcgiLimits}.
 */
public final class FixedLimits {
    /** How many requests of a connection may wait for the end of their PARAMS: web servers send all of them at once. */
    public static final int INCOMPLETE_REQUESTS = 100;

    /** How many of them a connection may have when all connections together have too many. */
    public static final int INCOMPLETE_REQUESTS_AT_THE_LIMIT = 10;

    /** How many requests of all connections may begin between the PARAMS of others, which web servers do not do. */
    public static final int INTERLEAVED_REQUESTS = 1000;

    /** How many rejected requests may wait for a thread: further ones are answered without one, by a status alone. */
    public static final int REJECTED_REQUESTS = 100;

    /**
     * How many bytes of PARAMS a request may have before it counts as active: a mere start must not shut out others.
     */
    public static final int FREE_PARAMS_BYTES = 4 * 1024;

    /** How many complete responses a web server may leave unread before no more of its requests are read. */
    public static final int UNREAD_RESPONSES = 100;

    /** How many tasks of aborted requests may wait for a thread before no more is read. */
    public static final int TASKS_GIVEN_UP = 1000;

    /** How many management records are answered between two requests. */
    public static final int MANAGEMENT_RECORDS = 1000;

    /** How many answers to them may wait for the web server to read them. */
    public static final int UNREAD_MANAGEMENT_ANSWERS = 100;

    /** How long a connection is read after the last response, in nanoseconds. */
    public static final long LINGER_NANOS = 30_000_000_000L;

    /** How many bytes are read then. */
    public static final long LINGER_BYTES = 256 * 1024 * 1024;

    /** How much input a request may keep even if the budget of all requests is spent, in bytes: it must go on. */
    public static final int FREE_INPUT_BYTES = 17 * 1024;

    /** How many times its limit of input a request may keep if nothing is taken and other requests may be behind it. */
    public static final int INPUT_RESERVE = 16;

    /** What a piece of input costs besides its content, in bytes: a million tiny records are not free. */
    public static final int INPUT_OVERHEAD_BYTES = 64;

    /** How long a response may be blocked while nothing is read of the body, which then seems not to be wanted. */
    public static final long UNWANTED_INPUT_NANOS = 1_000_000_000;

    /** How many of the last entries of a Forwarded header are looked at. */
    public static final int FORWARDED_HOPS = 32;

    /** How many characters an entry may have: a client may have written it, and a longer one is no address. */
    public static final int FORWARDED_HOP_LENGTH = 256;

    /** How many lines a minute are logged of each kind of thing that peers can provoke. */
    public static final int LOG_LINES_PER_MINUTE = 3;

    private FixedLimits() {}
}
