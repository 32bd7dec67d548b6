package dev.gangway.api;

import java.util.List;
import java.util.Map;

/**
 * The FastCGI side of a request: what the web server said besides the HTTP request itself.
 *
 * <p>An application finds it in the request attribute {@link #ATTRIBUTE}. It is immutable and safe for use by several
 * threads, and it stays valid after the request has ended.
 */
public interface FcgiRequest {
    /** The request attribute that holds an object of this type. */
    String ATTRIBUTE = "dev.gangway.request";

    /**
     * The request attribute that holds the same map as {@link #paramMap()}, for applications that are not compiled
     * against this interface.
     */
    String PARAMS_ATTRIBUTE = "dev.gangway.params";

    /**
     * {@return the role in which the web server calls the application, never null}
     */
    Role role();

    /**
     * {@return the PARAMS of the request in the order in which they were received, repeated names included; read-only}
     */
    List<Param> params();

    /**
     * {@return the PARAMS of the request by name; of a repeated name the last value counts; read-only}
     */
    Map<String, String> paramMap();

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
