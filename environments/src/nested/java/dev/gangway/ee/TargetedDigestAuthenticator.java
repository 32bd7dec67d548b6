package dev.gangway.ee;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ${servlet}.ServletRequest;
import ${servlet}.ServletResponse;
import ${servlet}.http.HttpServletRequest;
import ${servlet}.http.HttpServletRequestWrapper;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.${environment}.nested.Authentication;
import org.eclipse.jetty.${environment}.nested.Request;
import org.eclipse.jetty.${environment}.security.ServerAuthException;
import org.eclipse.jetty.${environment}.security.authentication.DigestAuthenticator;

/**
 * DIGEST whose credentials count only for the page for which they were made (RFC 7616, section 3.4.6). Jetty checks
 * that from 12.1.10 on, which the older environments do not have.
 */
final class TargetedDigestAuthenticator extends DigestAuthenticator {
    /** Everything that may be the parameter {@code uri}. A match within the text of another parameter can only deny. */
    private static final Pattern URI = Pattern.compile("\\buri\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,]*))", Pattern.CASE_INSENSITIVE);

    TargetedDigestAuthenticator(String algorithm) {
        setAlgorithm(algorithm);
    }

    @Override
    public Authentication validateRequest(ServletRequest request, ServletResponse response, boolean mandatory)
            throws ServerAuthException {
        HttpServletRequest http = (HttpServletRequest) request;
        String credentials = http.getHeader(HttpHeader.AUTHORIZATION.asString());
        boolean another = credentials != null
                && !isFor(credentials, Request.getBaseRequest(request).getHttpURI());
        return super.validateRequest(another ? new WithoutCredentials(http) : http, response, mandatory);
    }

    private static boolean isFor(String credentials, HttpURI target) {
        Matcher uri = URI.matcher(credentials);
        boolean found = false;
        while (uri.find()) {
            String named = uri.group(1) == null ? uri.group(2) : uri.group(1);
            if (!names(named, target)) {
                return false;
            }
            found = true;
        }
        return found;
    }

    private static boolean names(String uri, HttpURI target) {
        return uri.equals(target.getPathQuery()) || uri.equals(target.asString());
    }

    private static final class WithoutCredentials extends HttpServletRequestWrapper {
        WithoutCredentials(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getHeader(String name) {
            return HttpHeader.AUTHORIZATION.is(name) ? null : super.getHeader(name);
        }
    }
}
