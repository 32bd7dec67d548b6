package dev.gangway.fcgi.record;

/** How a request ended as far as the protocol is concerned (FastCGI 1.0, section 5.5). */
public enum ProtocolStatus {
    /** It was served, whatever its outcome. */
    REQUEST_COMPLETE(0),
    /** It was refused: another one is active on its connection. */
    CANT_MPX_CONN(1),
    /** It was refused: a limit is reached. */
    OVERLOADED(2),
    /** It was refused: the application does not serve its role. */
    UNKNOWN_ROLE(3);

    private final int code;

    ProtocolStatus(int code) {
        this.code = code;
    }

    /** {@return the number of this status in an END_REQUEST record} */
    public int code() {
        return code;
    }
}
