package dev.gangway.nested;

import dev.gangway.api.FcgiRequest;
import dev.gangway.runner.login.ContainerAuthorizer;
import dev.gangway.runner.login.LoginPolicy;
import dev.gangway.runner.login.Realm;
import java.io.IOException;
import org.eclipse.jetty.${level}.nested.Handler;
import org.eclipse.jetty.${level}.nested.HandlerWrapper;
import org.eclipse.jetty.${level}.nested.Request;
import org.eclipse.jetty.${level}.security.Authenticator;
import org.eclipse.jetty.${level}.security.DefaultAuthenticatorFactory;
import org.eclipse.jetty.${level}.security.SecurityHandler;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.IdentityService;
import org.eclipse.jetty.security.LoginService;
import org.eclipse.jetty.server.Server;
import ${servlet.package}.ServletContext;
import ${servlet.package}.ServletException;
import ${servlet.package}.http.HttpServletRequest;
import ${servlet.package}.http.HttpServletResponse;

/** Sets up how one looks for users in the applications of this level. Called by the XML of the environment. */
public final class NestedLogin {
    private NestedLogin() {}

    /** Has the policy of a server count in a context of it. */
    public static void install(SecurityHandler security, Server server) {
        LoginPolicy policy = LoginPolicy.of(server);
        security.setLoginService(Realm.of(policy));
        security.setAuthenticatorFactory(new Factory(policy));
        if (policy.containerAuthorizes()) {
            security.setHandler(new Gate(policy, security.getHandler()));
        }
    }

    private record Factory(LoginPolicy policy) implements Authenticator.Factory {
        @Override
        public Authenticator getAuthenticator(
                Server server,
                ServletContext context,
                Authenticator.AuthConfiguration configuration,
                IdentityService identities,
                LoginService logins) {
            if (logins instanceof HashLoginService realm && realm.getName() == null) {
                realm.setName(configuration.getRealmName());
            }
            boolean byCertificate = LoginPolicy.isByCertificate(configuration.getAuthMethod());
            Authenticator application = byCertificate
                    ? null
                    : new DefaultAuthenticatorFactory()
                            .getAuthenticator(server, context, configuration, identities, logins);
            return new WebServerAuthenticator(policy, byCertificate, application);
        }
    }

    /** Stands behind the security of an application, so that what reaches it is allowed. */
    private static final class Gate extends HandlerWrapper {
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
            if (!ContainerAuthorizer.isAsked(fcgi, policy)) {
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
