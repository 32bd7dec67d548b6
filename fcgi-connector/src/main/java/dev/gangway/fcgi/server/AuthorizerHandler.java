package dev.gangway.fcgi.server;

import dev.gangway.api.FcgiRequest;
import dev.gangway.api.Role;
import dev.gangway.fcgi.config.AuthorizerGrant;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Makes a status that the application has set count as the decision of an Authorizer. It stands outside the contexts of
 * handlers, and of servlets of Jakarta EE 10 and later; older versions set a status for every answer.
 */
public final class AuthorizerHandler extends Handler.Wrapper {
    /** @param application makes the decision */
    public AuthorizerHandler(Handler application) {
        super(application);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        boolean asked = request.getAttribute(FcgiRequest.ATTRIBUTE) instanceof FcgiRequest fcgi
                && fcgi.role() == Role.AUTHORIZER;
        return super.handle(request, asked ? new Decision(request, response) : response, callback);
    }

    private static final class Decision extends Response.Wrapper {
        private final AuthorizerGrant grant;

        Decision(Request request, Response response) {
            super(request, response);
            this.grant = (AuthorizerGrant) request.getAttribute(FcgiRequest.ATTRIBUTE);
        }

        @Override
        public void setStatus(int code) {
            grant.setGranted(true);
            super.setStatus(code);
        }

        @Override
        public void reset() {
            grant.setGranted(false);
            super.reset();
        }
    }
}
