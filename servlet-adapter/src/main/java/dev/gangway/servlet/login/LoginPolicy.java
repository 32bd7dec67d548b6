package dev.gangway.servlet.login;

import dev.gangway.api.FcgiRequest;
import dev.gangway.api.Role;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.security.Authenticator;
import org.eclipse.jetty.security.RolePrincipal;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.server.Server;

/**
 * How the user of a request is found: whether the web server is trusted to name it, and which users the server knows
 * itself.
 *
 * @param trustRemoteUser whether REMOTE_USER is the user of a request
 * @param rolesParam the parameter with the roles of that user, separated by commas, semicolons or white space; null if
 *     there is none
 * @param users the users of every application, with their passwords and roles; null if there are none
 * @param authorizer who answers questions to the Authorizer
 */
public record LoginPolicy(boolean trustRemoteUser, String rolesParam, UserStore users, Authorizer authorizer) {
    /** The web server is not trusted, and no user is known. */
    public static final LoginPolicy NONE = new LoginPolicy(false, null, null, Authorizer.NOBODY);

    private static final String REMOTE_USER = "REMOTE_USER";

    /** Makes this the policy of a server. */
    public void install(Server server) {
        server.setAttribute(LoginPolicy.class.getName(), this);
    }

    /** {@return the policy of a server} */
    public static LoginPolicy of(Server server) {
        return server.getAttribute(LoginPolicy.class.getName()) instanceof LoginPolicy policy ? policy : NONE;
    }

    /**
     * {@return the user of a request as the web server names it, null if it names none or is not trusted}
     *
     * @param request null if it did not come by FastCGI
     */
    public WebServerUser user(FcgiRequest request) {
        if (request == null || !trustRemoteUser || isBeforePasswordCheck(request)) {
            return null;
        }
        Map<String, String> params = request.paramMap();
        String name = params.get(REMOTE_USER);
        if (name == null || name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
            return null;
        }
        return WebServerUser.of(name, params.get("AUTH_TYPE"), rolesParam == null ? null : params.get(rolesParam));
    }

    /**
     * {@return the same, else the user by the client's certificate, null if the web server has not verified one}
     *
     * @param request null if it did not come by FastCGI
     * @param session the attribute {@link EndPoint.SslSessionData#ATTRIBUTE} of the request; null if certificates do not
     *     count
     */
    public WebServerUser user(FcgiRequest request, Object session) {
        WebServerUser user = user(request);
        return user == null ? userOfCertificate(session) : user;
    }

    private static WebServerUser userOfCertificate(Object session) {
        X509Certificate[] chain = session instanceof EndPoint.SslSessionData data ? data.peerCertificates() : null;
        return chain == null ? null : WebServerUser.of(chain[0]);
    }

    /** {@return whether an application wants its users to log in by a certificate} */
    public static boolean isByCertificate(String authMethod) {
        return Authenticator.CERT_AUTH.equalsIgnoreCase(authMethod)
                || Authenticator.CERT_AUTH2.equalsIgnoreCase(authMethod);
    }

    /** {@return whether an application wants its users to log in by a password that it checks itself} */
    public static boolean isByPassword(String authMethod) {
        return Authenticator.BASIC_AUTH.equalsIgnoreCase(authMethod)
                || Authenticator.DIGEST_AUTH.equalsIgnoreCase(authMethod)
                || Authenticator.FORM_AUTH.equalsIgnoreCase(authMethod);
    }

    /**
     * {@return whether a request names a user whose password the application is to check}
     *
     * @param request null if it did not come by FastCGI
     */
    public boolean isClaim(FcgiRequest request) {
        return request != null
                && isBeforePasswordCheck(request)
                && !request.paramMap().getOrDefault(REMOTE_USER, "").isEmpty();
    }

    /** FCGI-167: Apache httpd asks an Authorizer about a user before and after the password was checked. */
    private static boolean isBeforePasswordCheck(FcgiRequest request) {
        return request.role() == Role.AUTHORIZER
                && !"AUTHORIZER".equals(request.paramMap().get("FCGI_APACHE_ROLE"));
    }

    /** {@return the roles that a user has by {@link #users}; none if it is not among them} */
    public Set<String> rolesOf(String name) {
        if (users == null || users.getUserPrincipal(name) == null) {
            return Set.of();
        }
        return users.getRolePrincipals(name).stream()
                .map(RolePrincipal::getName)
                .collect(Collectors.toUnmodifiableSet());
    }
}
