package dev.gangway.ee;

import dev.gangway.api.FcgiRequest;
import dev.gangway.servlet.login.LoginPolicy;
import dev.gangway.servlet.login.WebServerIdentity;
import dev.gangway.servlet.login.WebServerUser;
import java.util.function.Function;
import org.eclipse.jetty.${environment}.servlet.security.ConstraintAware;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.security.AuthenticationState;
import org.eclipse.jetty.security.Authenticator;
import org.eclipse.jetty.security.Constraint;
import org.eclipse.jetty.security.ServerAuthException;
import org.eclipse.jetty.security.UserIdentity;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.security.authentication.LoginAuthenticator;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Session;
import org.eclipse.jetty.util.Callback;

/**
 * Takes the user from the web server, as far as the {@link LoginPolicy} allows; otherwise the application's own login
 * counts. For EE 10 and EE 11.
 */
final class WebServerAuthenticator extends LoginAuthenticator {
    private final LoginPolicy policy;
    private final boolean byCertificate;
    private final Authenticator application;
    private final BasicAuthenticator basic = new BasicAuthenticator();
    private boolean anyUser;

    /**
     * @param byCertificate whether the application's login is the certificate of the client
     * @param application the application's login otherwise, null if it has none
     */
    WebServerAuthenticator(LoginPolicy policy, boolean byCertificate, Authenticator application) {
        this.policy = policy;
        this.byCertificate = byCertificate;
        this.application = application;
    }

    @Override
    public void setConfiguration(Configuration configuration) {
        super.setConfiguration(configuration);
        basic.setConfiguration(configuration);
        anyUser = !(configuration instanceof ConstraintAware security
                && security.getKnownRoles().contains(WebServerIdentity.ANY_USER));
        if (application != null) {
            application.setConfiguration(configuration);
        }
    }

    @Override
    public String getAuthenticationType() {
        if (byCertificate) {
            return WebServerUser.CLIENT_CERT;
        }
        return application == null ? WebServerUser.UNKNOWN_TYPE : application.getAuthenticationType();
    }

    @Override
    public Request prepareRequest(Request request, AuthenticationState state) {
        // Jetty's login by a form expects every user to have a session.
        boolean expected = application != null
                && (!(state instanceof AuthenticationState.Succeeded) || request.getSession(false) != null);
        return expected ? application.prepareRequest(request, state) : request;
    }

    @Override
    public Constraint.Authorization getConstraintAuthentication(
            String path, Constraint.Authorization existing, Function<Boolean, Session> session) {
        return application == null
                ? super.getConstraintAuthentication(path, existing, session)
                : application.getConstraintAuthentication(path, existing, session);
    }

    @Override
    public AuthenticationState validateRequest(Request request, Response response, Callback callback)
            throws ServerAuthException {
        FcgiRequest fcgi = (FcgiRequest) request.getAttribute(FcgiRequest.ATTRIBUTE);
        WebServerUser user =
                policy.user(fcgi, byCertificate ? request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) : null);
        if (user != null) {
            return new UserAuthenticationSucceeded(
                    user.type(), new WebServerIdentity(user, policy, getLoginService(), anyUser));
        }
        if (policy.isClaim(fcgi)) {
            return basic.validateRequest(request, response, callback);
        }
        return application == null ? null : application.validateRequest(request, response, callback);
    }

    @Override
    public UserIdentity login(String name, Object password, Request request, Response response) {
        return application instanceof LoginAuthenticator login
                ? login.login(name, password, request, response)
                : super.login(name, password, request, response);
    }

    @Override
    public void logout(Request request, Response response) {
        if (application instanceof LoginAuthenticator login) {
            login.logout(request, response);
        } else {
            super.logout(request, response);
        }
    }
}
