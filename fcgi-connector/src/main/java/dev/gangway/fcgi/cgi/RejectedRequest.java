package dev.gangway.fcgi.cgi;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.util.HostPort;

/** What is known of a request that cannot be served: for logs and the error page, and for nothing else. */
public final class RejectedRequest {
    private static final String UNKNOWN = "-";
    private static final HostPort SERVER = new HostPort("localhost");
    private static final int MAX_TARGET = 1000;
    private static final int MAX_WORD = 100;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private RejectedRequest() {}

    /**
     * {@return a request with the method, the target and the client's address, each as far as it can be read, and
     * nothing else; its text is printable ASCII}
     *
     * @param params the pairs that have come, perhaps not all of them
     */
    public static CgiRequest of(RequestParams params) {
        String method = word(params, "REQUEST_METHOD");
        String address = word(params, "REMOTE_ADDR");
        return new CgiRequest(
                Token.is(method) ? method : UNKNOWN,
                uri(target(params)),
                HttpVersion.HTTP_1_0,
                HttpFields.EMPTY,
                -1,
                -1,
                false,
                SERVER,
                SocketAddresses.of(null, null, 0),
                SocketAddresses.of(address.equals(UNKNOWN) ? null : address, null, 0),
                null);
    }

    private static String word(RequestParams params, String name) {
        String value = value(params, name);
        return value.isEmpty() || value.length() > MAX_WORD ? UNKNOWN : printable(value);
    }

    private static String target(RequestParams params) {
        String target = value(params, "REQUEST_URI");
        if (target.isEmpty()) {
            target = value(params, "SCRIPT_NAME") + value(params, "PATH_INFO");
        }
        return target.length() > MAX_TARGET ? printable(target.substring(0, MAX_TARGET)) + "..." : printable(target);
    }

    private static HttpURI uri(String target) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        HttpURI.Mutable uri = HttpURI.build();
        if (mark >= 0) {
            uri.query(target.substring(mark + 1));
        }
        String absolute = path.startsWith("/") ? path : "/" + path;
        try {
            return uri.path(absolute).asImmutable();
        } catch (RuntimeException e) {
            // Not decodable, or above the root: shown with one encoding more.
            String inert =
                    absolute.replace("%", "%25").replace("..", "%252E%252E").replace("#", "%23");
            return uri.path(inert).asImmutable();
        }
    }

    private static String value(RequestParams params, String name) {
        int pair = params.last(name);
        return pair < 0 ? "" : params.value(pair, StandardCharsets.ISO_8859_1);
    }

    private static String printable(String text) {
        if (text.chars().allMatch(RejectedRequest::isPrintable)) {
            return text;
        }
        StringBuilder printable = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            if (isPrintable(c)) {
                printable.append((char) c);
            } else {
                printable.append('%').append(HEX.toHexDigits((byte) c));
            }
        });
        return printable.toString();
    }

    private static boolean isPrintable(int c) {
        return c > ' ' && c < 0x7F && c != '"' && c != '\\';
    }
}
