package dev.gangway.servlet.request;

import java.nio.charset.Charset;
import java.util.Set;
import org.eclipse.jetty.server.Server;

/**
 * The rules for requests to every application that does not set its own.
 *
 * @param paths the suspicious paths that are allowed
 * @param maxFormBytes how many bytes a form may have that the container parses
 * @param maxFormKeys how many names such a form may have, and how many parts an upload
 * @param queryCharset the charset of the escapes in a query; null for UTF-8
 */
public record RequestRules(Set<SuspiciousPath> paths, int maxFormBytes, int maxFormKeys, Charset queryCharset) {
    /** What most applications expect from other containers. */
    public static final RequestRules DEFAULT = new RequestRules(Set.of(), 2 * 1024 * 1024, 10_000, null);

    /** Makes these the rules of a server. */
    public void install(Server server) {
        server.setAttribute(RequestRules.class.getName(), this);
    }

    /** {@return the rules of a server} */
    public static RequestRules of(Server server) {
        return server.getAttribute(RequestRules.class.getName()) instanceof RequestRules rules ? rules : DEFAULT;
    }
}
