package dev.gangway.sample.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Function;

/**
 * One thing to know about a request: the parameters that may carry it, and the calls by which a servlet learns of it.
 */
record Fact(String topic, List<String> params, List<Reading> readings) {
    /** One call of the servlet API. */
    record Reading(String call, Function<HttpServletRequest, Object> value) {}

    static final List<Fact> ALL = List.of(
            new Fact(
                    "Method",
                    List.of("REQUEST_METHOD"),
                    List.of(new Reading("getMethod()", HttpServletRequest::getMethod))),
            new Fact(
                    "Address",
                    List.of("REQUEST_URI", "DOCUMENT_URI"),
                    List.of(new Reading("getRequestURI()", HttpServletRequest::getRequestURI))),
            new Fact(
                    "Path",
                    List.of("SCRIPT_NAME", "PATH_INFO"),
                    List.of(
                            new Reading("getContextPath()", HttpServletRequest::getContextPath),
                            new Reading("getServletPath()", HttpServletRequest::getServletPath),
                            new Reading("getPathInfo()", HttpServletRequest::getPathInfo))),
            new Fact(
                    "Query",
                    List.of("QUERY_STRING"),
                    List.of(new Reading("getQueryString()", HttpServletRequest::getQueryString))),
            new Fact(
                    "Protocol",
                    List.of("SERVER_PROTOCOL"),
                    List.of(new Reading("getProtocol()", HttpServletRequest::getProtocol))),
            new Fact(
                    "Scheme",
                    List.of("REQUEST_SCHEME", "HTTPS"),
                    List.of(
                            new Reading("getScheme()", HttpServletRequest::getScheme),
                            new Reading("isSecure()", HttpServletRequest::isSecure))),
            new Fact(
                    "Host",
                    List.of("HTTP_HOST", "SERVER_NAME"),
                    List.of(
                            new Reading("getServerName()", HttpServletRequest::getServerName),
                            new Reading("getServerPort()", HttpServletRequest::getServerPort))),
            new Fact(
                    "Browser",
                    List.of("REMOTE_ADDR", "REMOTE_PORT"),
                    List.of(
                            new Reading("getRemoteAddr()", HttpServletRequest::getRemoteAddr),
                            new Reading("getRemotePort()", HttpServletRequest::getRemotePort))),
            new Fact(
                    "Web server",
                    List.of("SERVER_ADDR", "SERVER_PORT"),
                    List.of(
                            new Reading("getLocalAddr()", HttpServletRequest::getLocalAddr),
                            new Reading("getLocalPort()", HttpServletRequest::getLocalPort))),
            new Fact(
                    "Body",
                    List.of("CONTENT_TYPE", "CONTENT_LENGTH"),
                    List.of(
                            new Reading("getContentType()", HttpServletRequest::getContentType),
                            new Reading("getContentLengthLong()", HttpServletRequest::getContentLengthLong))),
            new Fact(
                    "User",
                    List.of("REMOTE_USER", "AUTH_TYPE"),
                    List.of(
                            new Reading("getRemoteUser()", HttpServletRequest::getRemoteUser),
                            new Reading("getAuthType()", HttpServletRequest::getAuthType))));
}
