package dev.gangway.ee;

import dev.gangway.api.FcgiRequest;
import dev.gangway.servlet.login.ContainerAuthorizer;
import dev.gangway.servlet.login.LoginPolicy;
import java.io.IOException;
import ${servlet}.DispatcherType;
import ${servlet}.ServletContext;
import ${servlet}.ServletException;
import ${servlet}.http.HttpServletRequest;
import ${servlet}.http.HttpServletResponse;
import org.eclipse.jetty.${environment}.nested.Handler;
import org.eclipse.jetty.${environment}.nested.HandlerWrapper;
import org.eclipse.jetty.${environment}.nested.Request;
import org.eclipse.jetty.${environment}.security.Authenticator;
import org.eclipse.jetty.${environment}.security.DefaultAuthenticatorFactory;
import org.eclipse.jetty.security.IdentityService;
import org.eclipse.jetty.security.LoginService;
import org.eclipse.jetty.server.Server;

/** The parts of an application's login, in the types of its environment. */
final class Login {
    /** Context parameter: the algorithm of DIGEST, MD5 by default. Jetty passes on parameters with its own prefix. */
    private static final String DIGEST_ALGORITHM = "org.eclipse.jetty.security.digestAlgorithm";

    private Login() {}

    record Factory(LoginPolicy policy) implements Authenticator.Factory {
        @Override
        public Authenticator getAuthenticator(
                Server server,
                ServletContext context,
                Authenticator.AuthConfiguration configuration,
                IdentityService identities,
                LoginService logins) {
            boolean byCertificate = LoginPolicy.isByCertificate(configuration.getAuthMethod());
            Authenticator application = byCertificate
                    ? null
                    : ofApplication(server, context, configuration, identities, logins);
            return new WebServerAuthenticator(policy, byCertificate, application);
        }

        private static Authenticator ofApplication(
                Server server,
                ServletContext context,
                Authenticator.AuthConfiguration configuration,
                IdentityService identities,
                LoginService logins) {
            if (Authenticator.DIGEST_AUTH.equalsIgnoreCase(configuration.getAuthMethod())) {
                String algorithm = configuration.getInitParameter(DIGEST_ALGORITHM);
                return new TargetedDigestAuthenticator(algorithm == null ? "MD5" : algorithm);
            }
            return new DefaultAuthenticatorFactory().getAuthenticator(server, context, configuration, identities, logins);
        }
    }

    /** Comes after the security of an application, so that what reaches it is allowed. */
    static final class Gate extends HandlerWrapper {
        private final LoginPolicy policy;

        Gate(LoginPolicy policy, Handler application) {
            this.policy = policy;
            setHandler(application);
        }

        @Override
        public void handle(
                String target, Request baseRequest, HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            FcgiRequest fcgi = (FcgiRequest) request.getAttribute(FcgiRequest.ATTRIBUTE);
            // Dispatches to error and login pages come here too, and are not the question.
            boolean inPlace = request.getDispatcherType() != DispatcherType.REQUEST;
            if (inPlace || !ContainerAuthorizer.isAsked(fcgi, policy)) {
                super.handle(target, baseRequest, request, response);
                return;
            }
            if (ContainerAuthorizer.grant(fcgi, policy, request.getUserPrincipal(), request.getAuthType())) {
                response.setStatus(HttpServletResponse.SC_OK);
            } else {
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            }
            baseRequest.setHandled(true);
        }
    }
}
