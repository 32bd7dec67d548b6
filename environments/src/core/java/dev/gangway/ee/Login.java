package dev.gangway.ee;

import dev.gangway.api.FcgiRequest;
import dev.gangway.servlet.login.ContainerAuthorizer;
import dev.gangway.servlet.login.LoginPolicy;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.security.AuthenticationState;
import org.eclipse.jetty.security.Authenticator;
import org.eclipse.jetty.security.DefaultAuthenticatorFactory;
import org.eclipse.jetty.security.authentication.DigestAuthenticator;
import org.eclipse.jetty.server.Context;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/** The parts of an application's login, in the types of its environment. */
final class Login {
    /** Context parameter: the algorithm of DIGEST, MD5 by default. Jetty passes on parameters with its own prefix. */
    private static final String DIGEST_ALGORITHM = "org.eclipse.jetty.security.digestAlgorithm";

    private Login() {}

    record Factory(LoginPolicy policy) implements Authenticator.Factory {
        @Override
        public Authenticator getAuthenticator(
                Server server, Context context, Authenticator.Configuration configuration) {
            boolean byCertificate = LoginPolicy.isByCertificate(configuration.getAuthenticationType());
            Authenticator application = byCertificate
                    ? null
                    : ofApplication(server, context, configuration);
            return new WebServerAuthenticator(policy, byCertificate, application);
        }

        private static Authenticator ofApplication(
                Server server, Context context, Authenticator.Configuration configuration) {
            Authenticator authenticator =
                    new DefaultAuthenticatorFactory().getAuthenticator(server, context, configuration);
            if (authenticator instanceof DigestAuthenticator digest) {
                // Jetty has SHA-256 from 12.1.10 on, and a digest that is stored for one algorithm is of no use for
                // another.
                String algorithm = configuration.getParameter(DIGEST_ALGORITHM);
                digest.setAlgorithm(algorithm == null ? "MD5" : algorithm);
            }
            return authenticator;
        }
    }

    /** Comes after the security of an application, so that what reaches it is allowed. */
    static final class Gate extends Handler.Wrapper {
        private final LoginPolicy policy;

        Gate(LoginPolicy policy, Handler application) {
            super(application);
            this.policy = policy;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            FcgiRequest fcgi = (FcgiRequest) request.getAttribute(FcgiRequest.ATTRIBUTE);
            // A login page may be served in place of the page in question, and is not the question.
            boolean inPlace = fcgi != null && !fcgi.target().equals(request.getHttpURI().getPathQuery());
            if (inPlace || !ContainerAuthorizer.isAsked(fcgi, policy)) {
                return super.handle(request, response, callback);
            }
            AuthenticationState.Succeeded user = AuthenticationState.authenticate(request);
            boolean granted = user == null
                    ? ContainerAuthorizer.grant(fcgi, policy, null, null)
                    : ContainerAuthorizer.grant(
                            fcgi, policy, user.getUserIdentity().getUserPrincipal(), user.getAuthenticationType());
            if (granted) {
                response.setStatus(HttpStatus.OK_200);
                callback.succeeded();
            } else {
                Response.writeError(request, response, callback, HttpStatus.UNAUTHORIZED_401);
            }
            return true;
        }
    }
}
