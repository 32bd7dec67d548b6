package dev.gangway.servlet.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/** An HTTP request as CGI variables (RFC 3875, section 4.1), as the common web servers send it. */
final class CgiParams {
    /** Other names could be taken for a different header: {@code X_Y} and {@code X-Y} both become {@code HTTP_X_Y}. */
    private static final Pattern UNAMBIGUOUS_NAME = Pattern.compile("[A-Za-z0-9-]+");

    /** Headers that have a variable of their own, or are meant for this hop only. */
    private static final Set<HttpHeader> NOT_PASSED_ON = EnumSet.of(
            HttpHeader.CONTENT_LENGTH,
            HttpHeader.CONTENT_TYPE,
            HttpHeader.CONNECTION,
            HttpHeader.EXPECT,
            HttpHeader.KEEP_ALIVE,
            HttpHeader.PROXY_AUTHORIZATION,
            HttpHeader.PROXY_CONNECTION,
            HttpHeader.TE,
            HttpHeader.TRAILER,
            HttpHeader.TRANSFER_ENCODING,
            HttpHeader.UPGRADE);

    private final ByteArrayOutputStream block = new ByteArrayOutputStream();

    private CgiParams() {}

    /** {@return the parameters of a request, encoded as PARAMS} */
    static ByteBuffer of(Request request) {
        CgiParams params = new CgiParams();
        params.addRequest(request);
        params.addConnection(request);
        params.addHeaders(request.getHeaders());
        return ByteBuffer.wrap(params.block.toByteArray());
    }

    private void addRequest(Request request) {
        HttpURI uri = request.getHttpURI();
        add("GATEWAY_INTERFACE", "CGI/1.1");
        add("SERVER_SOFTWARE", "Gangway-HTTP");
        add("SERVER_PROTOCOL", request.getConnectionMetaData().getHttpVersion().asString());
        add("REQUEST_METHOD", request.getMethod());
        add("REQUEST_SCHEME", uri.getScheme());
        // Jetty's HTTP parser decodes the target as UTF-8, and each byte of a header as a character.
        add("REQUEST_URI", uri.getPathQuery(), StandardCharsets.UTF_8);
        add("QUERY_STRING", uri.getQuery(), StandardCharsets.UTF_8);
        add("SCRIPT_NAME", "");
        add("CONTENT_TYPE", request.getHeaders().get(HttpHeader.CONTENT_TYPE));
        add("CONTENT_LENGTH", request.getHeaders().get(HttpHeader.CONTENT_LENGTH));
    }

    private void addConnection(Request request) {
        add("REMOTE_ADDR", Request.getRemoteAddr(request));
        add("REMOTE_PORT", String.valueOf(Request.getRemotePort(request)));
        add("SERVER_ADDR", Request.getLocalAddr(request));
        add("SERVER_PORT", String.valueOf(Request.getLocalPort(request)));
        add("SERVER_NAME", Request.getServerName(request));
        if (request.isSecure()) {
            add("HTTPS", "on");
        }
    }

    private void addHeaders(HttpFields headers) {
        for (HttpField field : headers) {
            // As HTTP_PROXY, a header Proxy would set the proxy that programs use.
            boolean passedOn = field.getHeader() != HttpHeader.COOKIE
                    && !NOT_PASSED_ON.contains(field.getHeader())
                    && !field.getName().equalsIgnoreCase("Proxy")
                    && UNAMBIGUOUS_NAME.matcher(field.getName()).matches();
            if (passedOn) {
                add("HTTP_" + field.getName().replace('-', '_').toUpperCase(Locale.ROOT), field.getValue());
            }
        }
        // All in one variable, joined as by RFC 9113: a comma would be part of a cookie's value.
        List<String> cookies = headers.getValuesList(HttpHeader.COOKIE);
        if (!cookies.isEmpty()) {
            add("HTTP_COOKIE", String.join("; ", cookies));
        }
    }

    private void add(String name, String value) {
        add(name, value, StandardCharsets.ISO_8859_1);
    }

    private void add(String name, String value, Charset charset) {
        byte[] nameBytes = name.getBytes(StandardCharsets.US_ASCII);
        byte[] valueBytes = value == null ? new byte[0] : value.getBytes(charset);
        addLength(nameBytes.length);
        addLength(valueBytes.length);
        block.writeBytes(nameBytes);
        block.writeBytes(valueBytes);
    }

    /** FastCGI 1.0, section 3.4. */
    private void addLength(int length) {
        if (length < 128) {
            block.write(length);
        } else {
            block.writeBytes(ByteBuffer.allocate(4).putInt(length | 1 << 31).array());
        }
    }
}
