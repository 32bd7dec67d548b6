package dev.gangway.servlet.log;

import dev.gangway.api.FcgiRequest;
import org.eclipse.jetty.server.Request;

/** A request as the access log sees it: with attributes for what Jetty does not know. */
final class LoggedRequest extends Request.Wrapper {
    static final String ROLE = "fcgi.role";
    static final String ID = "fcgi.id";
    private static final String PARAM = "fcgi.param.";

    LoggedRequest(Request request) {
        super(request);
    }

    /** {@return what the web server has said; null if the request was not served} */
    FcgiRequest fcgi() {
        return super.getAttribute(FcgiRequest.ATTRIBUTE) instanceof FcgiRequest fcgi ? fcgi : null;
    }

    @Override
    public Object getAttribute(String name) {
        if (!name.startsWith("fcgi.")) {
            return super.getAttribute(name);
        }
        if (name.equals(ID)) {
            return getConnectionMetaData().getId() + "#" + getId();
        }
        FcgiRequest fcgi = fcgi();
        if (fcgi != null && name.equals(ROLE)) {
            return fcgi.role();
        }
        if (fcgi != null && name.startsWith(PARAM)) {
            return fcgi.paramMap().get(name.substring(PARAM.length()));
        }
        return super.getAttribute(name);
    }
}
