package dev.gangway.api;

import java.util.List;
import java.util.Map;

/**
 * The FastCGI side of a request: what the web server said besides the HTTP request itself.
 *
 * <p>An application finds it in the request attribute {@link #ATTRIBUTE}. It is safe for use by several threads. What
 * it says stays valid after the request has ended; {@link #data()} does not.
 */
public interface FcgiRequest {
    /** The request attribute that holds an object of this type. */
    String ATTRIBUTE = "dev.gangway.request";

    /**
     * The request attribute that holds the name of {@link #role()}, for the same applications as {@link
     * #PARAMS_ATTRIBUTE}.
     */
    String ROLE_ATTRIBUTE = "dev.gangway.role";

    /**
     * The request attribute that holds the same map as {@link #paramMap()}, for applications that are not compiled
     * against this interface.
     */
    String PARAMS_ATTRIBUTE = "dev.gangway.params";

    /**
     * The request attribute that holds the same text as {@link #target()}. It is there only if the request was led to
     * another path than the one that the client asked for, as it can be for the Authorizer.
     */
    String TARGET_ATTRIBUTE = "dev.gangway.target";

    /**
     * {@return the role in which the web server calls the application, never null}
     */
    Role role();

    /**
     * {@return the path and query that the client asked for, encoded, as a Responder would see them; never null}
     */
    String target();

    /**
     * {@return the PARAMS of the request in the order in which they were received, repeated names included; read-only}
     *
     * <p>REMOTE_PASSWD, the password that Apache httpd passes to an Authorizer, is left out: together with REMOTE_USER
     * it is in the request header Authorization, as if the client's own had come through.
     */
    List<Param> params();

    /**
     * {@return the PARAMS of the request by name; of a repeated name the last value counts; read-only}
     */
    Map<String, String> paramMap();

    /**
     * Hands a value to the web server, which passes it on to whatever serves the request (section 6.3). It counts only
     * if access is granted, and replaces the value that was set for the name before.
     *
     * <p>A response header {@code Variable-NAME} does the same, for applications that are not compiled against this
     * interface.
     *
     * @param name  a token (RFC 9110, section 5.6.2); web servers may change it, each in its own way
     * @param value any text without control characters; it is sent in the charset of parameters, by default UTF-8
     * @throws IllegalArgumentException if the name or the value cannot be sent
     * @throws IllegalStateException    if the role is not {@link Role#AUTHORIZER}
     */
    void setVariable(String name, String value);

    /**
     * {@return the file that a Filter is to turn into a response}
     *
     * @throws IllegalStateException if the role is not {@link Role#FILTER}
     */
    FcgiData data();

    /**
     * One name-value pair (FastCGI 1.0, section 3.4).
     *
     * @param name  never null, compared exactly: web servers send upper case
     * @param value never null, may be empty
     */
    record Param(String name, String value) {
        /** {@return the name alone: values may be credentials and must not get into logs by accident} */
        @Override
        public String toString() {
            return name;
        }
    }
}
