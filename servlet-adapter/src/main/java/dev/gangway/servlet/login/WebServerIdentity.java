package dev.gangway.servlet.login;

import java.security.Principal;
import java.util.HashSet;
import java.util.Set;
import javax.security.auth.Subject;
import org.eclipse.jetty.security.LoginService;
import org.eclipse.jetty.security.UserIdentity;
import org.eclipse.jetty.security.UserPrincipal;

/** A user of the web server, with the roles from there and from the application's own realm. */
public final class WebServerIdentity implements UserIdentity {
    /**
     * The role of every authenticated user, unless an application declares a role of that name (Servlet 6.1, section
     * 13.3).
     */
    public static final String ANY_USER = "**";

    private final UserPrincipal principal;
    private final Subject subject;
    private final Set<String> roles;
    private final UserIdentity realm;
    private final boolean anyUser;

    /**
     * @param realm the application's own; its user of the same name adds its roles, if the realm gives them without a
     *     password
     * @param anyUser whether every user has the role {@link #ANY_USER}
     */
    public WebServerIdentity(WebServerUser user, LoginPolicy policy, LoginService realm, boolean anyUser) {
        this.principal = new UserPrincipal(user.name(), null);
        this.subject = new Subject();
        subject.getPrincipals().add(principal);
        subject.setReadOnly();
        this.roles = new HashSet<>(user.roles());
        roles.addAll(policy.rolesOf(user.name()));
        this.realm = realm == null ? null : realm.getUserIdentity(subject, principal, true);
        this.anyUser = anyUser;
    }

    @Override
    public Subject getSubject() {
        return subject;
    }

    @Override
    public Principal getUserPrincipal() {
        return principal;
    }

    @Override
    public boolean isUserInRole(String role) {
        return (anyUser && role.equals(ANY_USER))
                || roles.contains(role)
                || (realm != null && realm.isUserInRole(role));
    }
}
