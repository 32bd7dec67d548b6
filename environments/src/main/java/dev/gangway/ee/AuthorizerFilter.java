package dev.gangway.ee;

import dev.gangway.api.FcgiRequest;
import dev.gangway.api.Role;
import dev.gangway.fcgi.config.AuthorizerGrant;
import ${servlet}.AsyncContext;
import ${servlet}.DispatcherType;
import ${servlet}.Filter;
import ${servlet}.FilterChain;
import ${servlet}.ServletException;
import ${servlet}.ServletRequest;
import ${servlet}.ServletResponse;
import ${servlet}.http.HttpServletRequest;
import ${servlet}.http.HttpServletRequestWrapper;
import ${servlet}.http.HttpServletResponse;
import ${servlet}.http.HttpServletResponseWrapper;
import java.util.EnumSet;

/**
 * Lets a status count as the decision of an Authorizer only once the application has set it: a servlet that sets
 * nothing has the status 200 as well, and has not decided. It comes before the filters of the application.
 */
final class AuthorizerFilter implements Filter {
    static final EnumSet<DispatcherType> DISPATCHES =
            EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);

    // The exception is not imported, since it sorts before javax and after jakarta.
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws java.io.IOException, ServletException {
        if (!(request.getAttribute(FcgiRequest.ATTRIBUTE) instanceof FcgiRequest fcgi)
                || fcgi.role() != Role.AUTHORIZER) {
            chain.doFilter(request, response);
            return;
        }
        AuthorizerGrant grant = (AuthorizerGrant) fcgi;
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            // The page for an error decides nothing, whatever its status is.
            grant.deny();
            chain.doFilter(request, response);
            return;
        }
        Decision decision = new Decision((HttpServletResponse) response, grant);
        chain.doFilter(new Question((HttpServletRequest) request, decision), decision);
    }

    /** Without it, an asynchronous application would get the response of the container, not the decision. */
    private static final class Question extends HttpServletRequestWrapper {
        private final ServletResponse response;

        Question(HttpServletRequest request, ServletResponse response) {
            super(request);
            this.response = response;
        }

        @Override
        public AsyncContext startAsync() {
            return startAsync(this, response);
        }
    }

    private static final class Decision extends HttpServletResponseWrapper {
        private final AuthorizerGrant grant;

        Decision(HttpServletResponse response, AuthorizerGrant grant) {
            super(response);
            this.grant = grant;
        }

        @Override
        public void setStatus(int status) {
            grant.setGranted(true);
            super.setStatus(status);
        }

        /** Exists in the environments before EE 10; the message is not used. */
        @Deprecated
        public void setStatus(int status, String message) {
            setStatus(status);
        }

        @Override
        public void reset() {
            grant.setGranted(false);
            super.reset();
        }
    }
}
