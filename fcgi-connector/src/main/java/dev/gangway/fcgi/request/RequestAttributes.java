package dev.gangway.fcgi.request;

import dev.gangway.api.FcgiRequest;
import dev.gangway.fcgi.cgi.TlsSession;
import dev.gangway.fcgi.config.AttributePatterns;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/** The attributes that a request has from the beginning. */
final class RequestAttributes {
    /** The one TLS attribute that Jetty 12.1 does not derive from the session (Servlet 6.1, section 3.10). */
    private static final String SECURE_PROTOCOL = "jakarta.servlet.request.secure_protocol";

    private RequestAttributes() {}

    /** Sets what the web server has said, and the allowed PARAMS as attributes of their own. */
    static void set(Request request, WebServerRequest received, AttributePatterns allowed) {
        request.setAttribute(FcgiRequest.ATTRIBUTE, received);
        request.setAttribute(FcgiRequest.ROLE_ATTRIBUTE, received.role().name());
        request.setAttribute(FcgiRequest.PARAMS_ATTRIBUTE, received.paramMap());
        boolean sameUri = received.uri() == request.getHttpURI();
        if (!sameUri && !received.target().equals(request.getHttpURI().getPathQuery())) {
            request.setAttribute(FcgiRequest.TARGET_ATTRIBUTE, received.target());
        }
        if (!allowed.isEmpty()) {
            received.paramMap().forEach((name, value) -> {
                if (allowed.matches(name)) {
                    request.setAttribute(name, value);
                }
            });
        }
    }

    /** Sets the client's TLS session; Jetty derives the attributes of each version of Jakarta EE from it. */
    static void setTls(Request request, TlsSession session) {
        request.setAttribute(EndPoint.SslSessionData.ATTRIBUTE, session);
        String protocol = session.protocol();
        if (protocol != null) {
            request.setAttribute(SECURE_PROTOCOL, protocol);
        }
    }
}
