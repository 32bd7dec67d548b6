package dev.gangway.fcgi.admission;

import dev.gangway.api.Role;
import dev.gangway.fcgi.record.RecordType;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;

/** What is particular to a role (FastCGI 1.0, section 6). */
public enum RoleRules {
    RESPONDER(Role.RESPONDER, HttpStatus.SERVICE_UNAVAILABLE_503, RecordType.STDIN),
    /** A web server may end its STDIN, or send a body that the application does not get. */
    AUTHORIZER(Role.AUTHORIZER, HttpStatus.FORBIDDEN_403, RecordType.STDIN),
    FILTER(Role.FILTER, HttpStatus.SERVICE_UNAVAILABLE_503, RecordType.STDIN, RecordType.DATA),
    /** A number that FastCGI 1.0 does not define. */
    UNKNOWN(null, HttpStatus.SERVICE_UNAVAILABLE_503, RecordType.STDIN);

    private static final RoleRules[] ALL = values();

    private final Role role;
    private final int refusalStatus;
    private final List<RecordType> streams;

    RoleRules(Role role, int refusalStatus, RecordType... streams) {
        this.role = role;
        this.refusalStatus = refusalStatus;
        this.streams = List.of(streams);
    }

    /** {@return the rules of a role by its number in BEGIN_REQUEST} */
    public static RoleRules of(int code) {
        for (RoleRules rules : ALL) {
            if (rules.role != null && rules.role.code() == code) {
                return rules;
            }
        }
        return UNKNOWN;
    }

    public static RoleRules of(Role role) {
        return of(role.code());
    }

    /** {@return the role, null if it is not known} */
    public Role role() {
        return role;
    }

    /** {@return the status for clients if the role is not served} */
    int refusalStatus() {
        return refusalStatus;
    }

    /** {@return whether a stream belongs to a request} */
    public boolean has(RecordType stream) {
        return streams.contains(stream);
    }

    /** {@return the stream whose end is the end of a request} */
    public RecordType last() {
        return streams.get(streams.size() - 1);
    }

    /** {@return whether the output waits for the end of STDIN, as section 6.4 requires} */
    public boolean holdsOutput() {
        return this == FILTER;
    }

    /** {@return whether the response is a decision and not a page} */
    public boolean decides() {
        return this == AUTHORIZER;
    }
}
