package dev.gangway.fcgi.cgi;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;

/** A client's request as the question whether it may be served (FastCGI 1.0, section 6.3). */
public final class AuthorizerRequest {
    /** The password that the client gave to Apache httpd. */
    public static final String PASSWORD = "REMOTE_PASSWD";

    /** Headers about a body or a representation, neither of which the question has. */
    private static final EnumSet<HttpHeader> NOT_ASKED = EnumSet.of(
            HttpHeader.CONTENT_LENGTH,
            HttpHeader.CONTENT_TYPE,
            HttpHeader.CONTENT_ENCODING,
            HttpHeader.RANGE,
            HttpHeader.IF_RANGE,
            HttpHeader.IF_MATCH,
            HttpHeader.IF_NONE_MATCH,
            HttpHeader.IF_MODIFIED_SINCE,
            HttpHeader.IF_UNMODIFIED_SINCE);

    /** Methods whose answers do not tell what the servlet would say. */
    private static final Set<HttpMethod> UNCLEAR = EnumSet.of(HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);

    private AuthorizerRequest() {}

    /**
     * {@return the question}
     *
     * <p>A name and a password that Apache httpd has taken from the client's header {@code Authorization: Basic} come
     * in that header again.
     *
     * @param request    the client's request
     * @param params     what the request was read from
     * @param path       the path of the servlet that is asked, encoded, with the context path; null for the client's
     * @param keepMethod whether HEAD, OPTIONS and TRACE stay; else they become GET, since servlets answer the latter
     *     two with 200 without deciding, and an answer to HEAD may not tell whether it has content
     * @throws BadRequest if a web server may take the client's path for another one than a servlet does
     */
    public static CgiRequest of(CgiRequest request, RequestParams params, String path, boolean keepMethod) {
        ClientPath.requireClear(request.uri(), path == null);
        HttpFields.Mutable fields = HttpFields.build(request.fields()).remove(NOT_ASKED);
        int password = params.last(PASSWORD);
        int user = params.last("REMOTE_USER");
        if (password >= 0 && user >= 0) {
            fields.put(HttpHeader.AUTHORIZATION, "Basic " + basic(params, user, password));
        }
        HttpURI uri = path == null
                ? request.uri()
                : HttpURI.build(request.uri()).path(path).asImmutable();
        boolean unclear = UNCLEAR.contains(HttpMethod.fromString(request.method()));
        String method = unclear && !keepMethod ? HttpMethod.GET.asString() : request.method();
        return request.asQuestion(method, uri, fields.asImmutable());
    }

    private static String basic(RequestParams params, int user, int password) {
        String pair = params.value(user, StandardCharsets.ISO_8859_1)
                + ":"
                + params.value(password, StandardCharsets.ISO_8859_1);
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.ISO_8859_1));
    }
}
