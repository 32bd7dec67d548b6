package dev.gangway.fcgi.incident;

/** Events that an operator should hear of, but that must not fill a log. */
public enum Incident {
    FOREIGN_PEER("connections refused, of peers that are not allowed"),
    CONNECTION_LIMIT("connections refused, since too many are open"),
    CONNECTION_ERROR("connections closed, since they broke the protocol"),
    NO_SECRET("requests refused, since they came without the secret"),
    ROLE("requests refused, whose role is not served or not clear"),
    OVERLOAD("requests refused, since too many are active"),
    LAST_REQUEST("requests refused, since their connection or the server is about to end"),
    BAD_REQUEST("requests rejected, since they cannot be served"),
    CERTIFICATE("client certificates left out, since they cannot be read"),
    REQUEST_TIMEOUT("requests ended, since they took longer than they may"),
    INTERNAL_ERROR("failures of the connector itself");

    private final String kind;

    Incident(String kind) {
        this.kind = kind;
    }

    /** {@return what they are, in words that follow a number} */
    String kind() {
        return kind;
    }
}
