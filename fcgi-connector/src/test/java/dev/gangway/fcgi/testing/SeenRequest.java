package dev.gangway.fcgi.testing;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * What an application saw of a request.
 *
 * @param fields all header fields, names in lower case, in order
 */
public record SeenRequest(
        String method,
        HttpURI uri,
        String protocol,
        boolean secure,
        String remoteAddr,
        int remotePort,
        String serverName,
        int serverPort,
        String localAddr,
        int localPort,
        List<Field> fields,
        long contentLength,
        Map<String, String> params) {

    /** One header field. */
    public record Field(String name, String value) {}

    public static SeenRequest of(Request request) {
        return new SeenRequest(
                request.getMethod(),
                request.getHttpURI(),
                request.getConnectionMetaData().getProtocol(),
                request.isSecure(),
                Request.getRemoteAddr(request),
                Request.getRemotePort(request),
                Request.getServerName(request),
                Request.getServerPort(request),
                Request.getLocalAddr(request),
                Request.getLocalPort(request),
                request.getHeaders().stream().map(SeenRequest::field).toList(),
                request.getLength(),
                Apps.params(request));
    }

    private static Field field(HttpField field) {
        return new Field(field.getLowerCaseName(), field.getValue() == null ? "" : field.getValue());
    }

    /** {@return the values of all fields of this lower-case name} */
    public List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .toList();
    }

    public static String sha256(Request request) throws Exception {
        ByteBuffer body = Content.Source.asByteBuffer(request);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(body);
        return HexFormat.of().formatHex(digest.digest());
    }
}
