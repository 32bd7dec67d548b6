package dev.gangway.servlet.login;

import dev.gangway.api.FcgiRequest;
import dev.gangway.api.Role;
import dev.gangway.fcgi.config.AuthorizerGrant;
import java.security.Principal;

/**
 * Answers questions to the Authorizer in place of an application, once the application's own security has let the
 * request pass.
 */
public final class ContainerAuthorizer {
    private ContainerAuthorizer() {}

    /** {@return whether a request is a question for the application's security} */
    public static boolean isAsked(FcgiRequest request, LoginPolicy policy) {
        return policy.authorizer() == Authorizer.CONTAINER && request != null && request.role() == Role.AUTHORIZER;
    }

    /**
     * Grants access, if it may be granted, and tells the web server the user.
     *
     * @param user null if nobody is logged in, as on a page that everybody may see
     * @param type how the user has logged in, or null
     * @return false if the request names a user whose password was wrong
     */
    public static boolean grant(FcgiRequest request, LoginPolicy policy, Principal user, String type) {
        if (user == null && policy.isClaim(request)) {
            return false;
        }
        if (user != null) {
            request.setVariable("REMOTE_USER", user.getName());
            request.setVariable("AUTH_TYPE", type == null ? "" : type);
        }
        ((AuthorizerGrant) request).setGranted(true);
        return true;
    }
}
