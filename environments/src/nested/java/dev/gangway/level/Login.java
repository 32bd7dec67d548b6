package dev.gangway.level;

import dev.gangway.api.FcgiRequest;
import dev.gangway.runner.login.ContainerAuthorizer;
import dev.gangway.runner.login.LoginPolicy;
import dev.gangway.runner.login.Realm;
import java.io.IOException;
import ${servlet}.DispatcherType;
import ${servlet}.ServletContext;
import ${servlet}.ServletException;
import ${servlet}.http.HttpServletRequest;
import ${servlet}.http.HttpServletResponse;
import org.eclipse.jetty.${level}.nested.Handler;
import org.eclipse.jetty.${level}.nested.HandlerWrapper;
import org.eclipse.jetty.${level}.nested.Request;
import org.eclipse.jetty.${level}.security.Authenticator;
import org.eclipse.jetty.${level}.security.DefaultAuthenticatorFactory;
import org.eclipse.jetty.${level}.security.SecurityHandler;
import org.eclipse.jetty.security.IdentityService;
import org.eclipse.jetty.security.LoginService;
import org.eclipse.jetty.server.Server;

/** Sets up how an application looks for its users. */
final class Login {
    private Login() {}

    /** Has the policy of a server count in one of its applications. */
    static void install(SecurityHandler security, Server server) {
        LoginPolicy policy = LoginPolicy.of(server);
        if (security.getLoginService() == null && server.getBeans(LoginService.class).isEmpty()) {
            security.setLoginService(Realm.of(policy, security::getRealmName));
        }
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
            // Pages for errors and logins come by here too, and are not meant.
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
