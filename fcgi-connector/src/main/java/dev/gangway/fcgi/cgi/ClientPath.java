package dev.gangway.fcgi.cgi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.UriCompliance;

/**
 * The path that a client wrote: which path the application sees, and which ones are refused because the web server may
 * take them for another path than the application does.
 *
 * <ol>
 *   <li>{@link RequestTarget} looks up the parameters that give the path, and removes the configured prefix.
 *   <li>What the client wrote {@linkplain #originForm loses} scheme and authority. The application sees the rest as it
 *       is, and Jetty's {@linkplain HttpURI#getCanonicalPath() canonical path} chooses the servlet.
 *   <li>Some paths {@linkplain #uri are refused} in every request, others {@linkplain #requireClear only} in questions
 *       to the Authorizer.
 *   <li>Jetty refuses what the connector's {@link UriCompliance} does not allow, as it does over HTTP.
 * </ol>
 */
final class ClientPath {
    /** RFC 3986, section 3. */
    private static final Pattern SCHEME_AND_AUTHORITY = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/?]*");

    /** One or two dots, escaped or not, perhaps with parameters. */
    private static final Pattern DOT_SEGMENT = Pattern.compile("/(?:\\.|%2[Ee]){1,2}(?:[/;]|$)");

    /** One that is not the last, perhaps with parameters. */
    private static final Pattern EMPTY_SEGMENT = Pattern.compile("/(?:;[^/]*)?/");

    /** A path parameter, except the session of a servlet container. */
    private static final Pattern PARAMETER = Pattern.compile(";(?!jsessionid=[^/;]*$)");

    private ClientPath() {}

    /**
     * {@return path and query of a request target}
     *
     * <p>Apache httpd, HAProxy and h2o pass {@code GET http://host/path} on as it is.
     *
     * @param target in any form of RFC 9112, section 3.2; {@code *} stays
     * @throws BadRequest if it has no path
     */
    static String originForm(String target) {
        if (target.startsWith("/") || target.equals("*")) {
            return target;
        }
        Matcher absolute = SCHEME_AND_AUTHORITY.matcher(target);
        if (!absolute.lookingAt()) {
            throw new BadRequest("REQUEST_URI is not a path");
        }
        String rest = target.substring(absolute.end());
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    /**
     * {@return a target as a URI, still without scheme and authority}
     *
     * <p>A dot segment after a path parameter is refused. Jetty resolves it, but overlooked it before 12.1.10; web
     * servers may do either, and decide about another path.
     *
     * @param target path and query
     * @throws BadRequest if it cannot be parsed, or is refused
     */
    static HttpURI.Mutable uri(String method, String target) {
        HttpURI.Mutable uri;
        try {
            uri = HttpURI.build(method, target);
        } catch (RuntimeException e) {
            throw new BadRequest("bad REQUEST_URI");
        }
        String path = uri.getPath();
        int parameter = path.indexOf(';');
        if (parameter >= 0 && DOT_SEGMENT.matcher(path).find(parameter)) {
            throw new BadRequest("dot segment after a path parameter");
        }
        return uri;
    }

    /**
     * Refuses a path about which the Authorizer must not be asked: the answer to one reading of it would be applied to
     * another.
     *
     * <p>Clients have no reason to send dots, and no two servers agree on all of them. If the path chooses the servlet
     * that decides, {@code /a;x} is refused too: it is a file of that name or, without the parameter, a servlet; so is
     * what an application tolerates for itself, since it must not decide about something else.
     *
     * @param uri     the client's
     * @param decides whether its path chooses the servlet that is asked
     * @throws BadRequest with status 403
     */
    static void requireClear(HttpURI uri, boolean decides) {
        String path = uri.getPath();
        boolean unclear = EMPTY_SEGMENT.matcher(path).find()
                || DOT_SEGMENT.matcher(path).find()
                || (decides && (PARAMETER.matcher(path).find() || isSuspicious(uri)));
        if (unclear) {
            throw new BadRequest(HttpStatus.FORBIDDEN_403, "not every server takes this path for the same");
        }
    }

    private static boolean isSuspicious(HttpURI uri) {
        return !UriCompliance.DEFAULT.getAllowed().containsAll(uri.getViolations());
    }
}
