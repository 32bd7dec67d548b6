package dev.gangway.servlet.status;

import dev.gangway.api.FcgiRequest;
import dev.gangway.api.Role;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/** A path that the server answers itself, in place of the applications. */
record OwnPath(String path) {
    /** Nothing that a client could write in two ways. */
    private static final Pattern PLAIN = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+");

    /**
     * {@return the path that a user has given; null if the user has given none}
     *
     * @param option the name of the option, without dashes
     * @throws IllegalArgumentException with a message for the user if it cannot be such a path
     */
    static OwnPath of(String option, String path) {
        if (path == null) {
            return null;
        }
        if (!PLAIN.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    option + " is '" + path + "', want a path of letters, digits and - . _ ~ such as /" + option);
        }
        return new OwnPath(path);
    }

    /** An answer to the Authorizer would be a decision, and that is for an application to make. */
    boolean isAskedBy(Request request) {
        return path.equals(request.getHttpURI().getPath())
                && request.getAttribute(FcgiRequest.ATTRIBUTE) instanceof FcgiRequest fcgi
                && fcgi.role() == Role.RESPONDER;
    }

    @Override
    public String toString() {
        return path;
    }
}
