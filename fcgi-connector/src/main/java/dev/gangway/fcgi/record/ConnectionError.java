package dev.gangway.fcgi.record;

/** The peer broke the protocol so that nothing further on its connection can be trusted: close it. */
public final class ConnectionError extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * @param message what came and what was wanted, in one line
     */
    public ConnectionError(String message) {
        // No stack trace: it tells of the peer's mistake, not of ours.
        super(message, null, false, false);
    }
}
