package dev.gangway.fcgi.cgi;

import java.net.InetSocketAddress;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.util.HostPort;

/**
 * A request as the client sent it to the web server, taken from PARAMS.
 *
 * @param method        a token
 * @param uri           absolute, its path and query as raw as the web server passed them
 * @param version       the client's protocol; HTTP/1.1 if it is not known
 * @param fields        the client's headers, without those of the hop to the web server
 * @param contentLength as the client has sent it; -1 if it is not known
 * @param bodyLength    how many bytes come from the web server, -1 if it does not say; known also where the web
 *                      server has added it and the client has sent none
 * @param secure        whether the client used TLS
 * @param server        the name and port under which the web server was asked
 * @param local         the address on which the web server was asked; its host is empty if not known
 * @param remote        the client's address; its host is empty if not known
 * @param role          what FCGI_ROLE says, which may be no role; null if it was not sent
 */
public record CgiRequest(
        String method,
        HttpURI uri,
        HttpVersion version,
        HttpFields fields,
        long contentLength,
        long bodyLength,
        boolean secure,
        HostPort server,
        InetSocketAddress local,
        InetSocketAddress remote,
        String role) {

    /** {@return a request without body from the same client} */
    CgiRequest asQuestion(String newMethod, HttpURI newUri, HttpFields newFields) {
        return new CgiRequest(newMethod, newUri, version, newFields, 0, 0, secure, server, local, remote, role);
    }
}
