package dev.gangway.fcgi.admission;

import dev.gangway.api.Role;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;

/**
 * The role that a request asks for: that of BEGIN_REQUEST, or Authorizer, if the web server has no other way to say so
 * than a parameter of a Responder request.
 *
 * @param role    null if it is not clear
 * @param marked  whether only the parameter, or the connector, says that it is Authorizer
 * @param unclear why the role is not clear, null if it is
 */
public record AskedRole(Role role, boolean marked, String unclear) {
    private static final int MAX_SHOWN = 32;

    /**
     * {@return the role}
     *
     * @param begun         the role of BEGIN_REQUEST
     * @param parameter     the value of FCGI_ROLE, null if it was not sent
     * @param forAuthorizer whether the connector has nothing but questions to the Authorizer
     */
    static AskedRole of(Role begun, String parameter, boolean forAuthorizer) {
        if (parameter == null) {
            return forAuthorizer && begun == Role.RESPONDER ? authorizer() : new AskedRole(begun, false, null);
        }
        if (begun == Role.RESPONDER && parameter.equals(Role.AUTHORIZER.name())) {
            return authorizer();
        }
        // Serving a request that may be meant as a question could grant it.
        if (!parameter.equals(begun.name()) || (forAuthorizer && begun == Role.RESPONDER)) {
            return new AskedRole(null, false, "FCGI_ROLE is '" + shown(parameter) + "' on " + begun);
        }
        return new AskedRole(begun, false, null);
    }

    private static AskedRole authorizer() {
        return new AskedRole(Role.AUTHORIZER, true, null);
    }

    private static String shown(String parameter) {
        return parameter.length() > MAX_SHOWN ? parameter.substring(0, MAX_SHOWN) + "..." : parameter;
    }

    /** {@return how the request is refused, null if its role is served} */
    Refusal refusal(Set<Role> served) {
        if (unclear != null) {
            return Refusal.ofRole(HttpStatus.FORBIDDEN_403, unclear);
        }
        return served.contains(role) ? null : notServed(HttpStatus.FORBIDDEN_403, role);
    }

    /**
     * {@return how a request with this role in BEGIN_REQUEST is refused, null if its PARAMS have to be seen first: they
     * may ask for another role}
     */
    public static Refusal refusal(RoleRules begun, Set<Role> served, boolean forAuthorizer) {
        boolean mayBegin = forAuthorizer
                ? begun == RoleRules.RESPONDER || begun == RoleRules.AUTHORIZER
                : served.contains(begun.role());
        return mayBegin ? null : notServed(begun.refusalStatus(), begun.role());
    }

    private static Refusal notServed(int httpStatus, Role role) {
        return Refusal.ofRole(httpStatus, role == null ? "its role is unknown" : "the role " + role + " is not served");
    }
}
