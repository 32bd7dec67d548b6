package dev.gangway.ee;

import dev.gangway.api.FcgiRequest;
import dev.gangway.servlet.login.LoginPolicy;
import dev.gangway.servlet.login.WebServerIdentity;
import dev.gangway.servlet.login.WebServerUser;
import java.io.IOException;
import ${servlet}.ServletRequest;
import ${servlet}.ServletResponse;
import ${servlet}.http.HttpServletResponse;
import org.eclipse.jetty.${environment}.nested.Authentication;
import org.eclipse.jetty.${environment}.security.Authenticator;
import org.eclipse.jetty.${environment}.security.ServerAuthException;
import org.eclipse.jetty.${environment}.security.UserAuthentication;
import org.eclipse.jetty.${environment}.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.${environment}.security.authentication.DeferredAuthentication;
import org.eclipse.jetty.${environment}.security.authentication.LoginAuthenticator;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.security.UserIdentity;

/**
 * Takes the user from the web server, as far as the {@link LoginPolicy} allows; otherwise the application's own login
 * counts. The twin of the one for EE 10 and EE 11: here Jetty has interfaces of its own.
 */
final class WebServerAuthenticator extends LoginAuthenticator {
    private final LoginPolicy policy;
    private final boolean byCertificate;
    private final Authenticator application;
    private final BasicAuthenticator basic = new BasicAuthenticator();

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
    public void setConfiguration(AuthConfiguration configuration) {
        super.setConfiguration(configuration);
        basic.setConfiguration(configuration);
        if (application != null) {
            application.setConfiguration(configuration);
        }
    }

    @Override
    public String getAuthMethod() {
        if (byCertificate) {
            return WebServerUser.CLIENT_CERT;
        }
        return application == null ? WebServerUser.UNKNOWN_TYPE : application.getAuthMethod();
    }

    @Override
    public void prepareRequest(ServletRequest request) {
        if (application != null) {
            application.prepareRequest(request);
        }
    }

    @Override
    public Authentication validateRequest(ServletRequest request, ServletResponse response, boolean mandatory)
            throws ServerAuthException {
        FcgiRequest fcgi = (FcgiRequest) request.getAttribute(FcgiRequest.ATTRIBUTE);
        WebServerUser user =
                policy.user(fcgi, byCertificate ? request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) : null);
        if (user != null) {
            // Jetty itself gives every user the role {@code **}.
            return new UserAuthentication(user.type(), new WebServerIdentity(user, policy, getLoginService(), false));
        }
        if (policy.isClaim(fcgi)) {
            return basic.validateRequest(request, response, mandatory);
        }
        return application == null
                ? none(response, mandatory)
                : application.validateRequest(request, response, mandatory);
    }

    private Authentication none(ServletResponse response, boolean mandatory) throws ServerAuthException {
        if (!mandatory) {
            return new DeferredAuthentication(this);
        }
        if (DeferredAuthentication.isDeferred((HttpServletResponse) response)) {
            return Authentication.UNAUTHENTICATED;
        }
        try {
            ((HttpServletResponse) response).sendError(HttpServletResponse.SC_FORBIDDEN);
        } catch (IOException e) {
            throw new ServerAuthException(e);
        }
        return Authentication.SEND_FAILURE;
    }

    @Override
    public boolean secureResponse(
            ServletRequest request, ServletResponse response, boolean mandatory, Authentication.User user)
            throws ServerAuthException {
        return application == null || application.secureResponse(request, response, mandatory, user);
    }

    @Override
    public UserIdentity login(String name, Object password, ServletRequest request) {
        return application instanceof LoginAuthenticator login
                ? login.login(name, password, request)
                : super.login(name, password, request);
    }

    @Override
    public void logout(ServletRequest request) {
        if (application instanceof LoginAuthenticator login) {
            login.logout(request);
        } else {
            super.logout(request);
        }
    }
}
