package dev.gangway.fcgi.record;

/** The peer sent a request that cannot be served; the other requests of its connection are not affected. */
public final class RequestError extends Exception {
    private static final long serialVersionUID = 1;

    /** What is wrong. */
    public enum Kind {
        /** It breaks the protocol. */
        MALFORMED,
        /** Its PARAMS exceed a limit. */
        PARAMS_TOO_LARGE
    }

    private final Kind kind;

    /**
     * @param kind    what is wrong
     * @param message what came and what was wanted, in one line
     */
    public RequestError(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** {@return what is wrong} */
    public Kind kind() {
        return kind;
    }
}
