package dev.gangway.fcgi.cgi;

import dev.gangway.fcgi.record.Params;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;

/**
 * One pair of PARAMS with what it stands for. It depends on nothing but the bytes of the pair, so that requests can
 * share it. What any thread sees of it is immutable; what is made on first use is for the thread that reads the
 * connection.
 */
final class RequestParam {
    /** Null if the name is not a known one. */
    private final CgiNames.KnownName known;

    private final String name;
    /** One character a byte. */
    private final String value;

    private final boolean ascii;
    private final boolean oneLine;
    private final boolean confidential;

    /** Made on first use. */
    private HttpField field;

    private RequestParam(CgiNames.KnownName known, String name, boolean confidential, Params params, int pair) {
        this.known = known;
        this.name = name;
        this.confidential = confidential;
        byte[] block = params.block();
        int from = params.valueAt(pair);
        int to = from + params.valueLength(pair);
        boolean onlyAscii = true;
        boolean hasControl = false;
        for (int i = from; i < to; i++) {
            byte b = block[i];
            onlyAscii &= b >= 0;
            hasControl |= (b >= 0 && b < ' ' && b != '\t') || b == 0x7F;
        }
        this.ascii = onlyAscii;
        this.oneLine = !hasControl;
        this.value = KnownValues.text(block, from, to);
    }

    static RequestParam of(Params params, int pair) {
        CgiNames.KnownName known = CgiNames.find(params, pair);
        if (known != null) {
            return new RequestParam(known, known.name(), known.confidential(), params, pair);
        }
        String name = params.name(pair);
        return new RequestParam(null, name, CgiNames.isConfidential(name), params, pair);
    }

    /** {@return a pair with the same name} */
    RequestParam with(Params params, int pair) {
        return new RequestParam(known, name, confidential, params, pair);
    }

    String name() {
        return name;
    }

    /** {@return the value, one character a byte} */
    String value() {
        return value;
    }

    String value(Charset charset) {
        boolean same = charset == StandardCharsets.ISO_8859_1
                || (ascii && (charset == StandardCharsets.UTF_8 || charset == StandardCharsets.US_ASCII));
        return same ? value : new String(bytes(), charset);
    }

    /** {@return the bytes of the value} */
    byte[] bytes() {
        return value.getBytes(StandardCharsets.ISO_8859_1);
    }

    boolean isEmpty() {
        return value.isEmpty();
    }

    boolean isAscii() {
        return ascii;
    }

    /** {@return whether it is not kept when the request is over, since it may be a password or the like} */
    boolean isConfidential() {
        return confidential;
    }

    /** {@return the variable that it is; null if it is none that shapes a request} */
    CgiVariable variable() {
        return known == null ? null : known.variable();
    }

    /** {@return the header that it is; null if it is none, or one that Jetty does not know, or one that is dropped} */
    HttpHeader header() {
        return known == null ? null : known.header();
    }

    /** {@return whether it is a header that reaches the application, if a client can have sent it} */
    boolean isHeader() {
        return known == null ? CgiNames.isHeader(name) : known.field() != null;
    }

    /**
     * Refuses what would begin another line, or control a terminal; in UTF-8 no other character has such a byte.
     *
     * @throws BadRequest if there is any
     */
    void requireOneLine() {
        if (!oneLine) {
            throw new BadRequest("control character in " + name);
        }
    }

    /** {@return the value as that of a header: without the white space around it; bytes are characters, as over HTTP} */
    String headerValue() {
        requireOneLine();
        int from = 0;
        int to = value.length();
        while (from < to && isBlank(value.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** {@return the header field that it is; null if no client can have sent it} */
    HttpField field() {
        if (field == null) {
            field = newField();
        }
        return field;
    }

    private HttpField newField() {
        if (variable() == CgiVariable.CONTENT_TYPE) {
            return contentType(headerValue());
        }
        if (known != null) {
            return new HttpField(known.header(), known.field(), headerValue());
        }
        String header = CgiNames.headerName(name);
        return header == null ? null : new HttpField(header, headerValue());
    }

    /** Jetty's {@link HttpParser} has fields of its own for well-known types, and charset and forms depend on them. */
    private static HttpField contentType(String type) {
        HttpField wellKnown = HttpParser.CACHE.get(HttpHeader.CONTENT_TYPE + ": " + type);
        return wellKnown == null ? new HttpField(HttpHeader.CONTENT_TYPE, type) : wellKnown;
    }

    /**
     * {@return the header Host that it is}
     *
     * @throws org.eclipse.jetty.http.HttpException.RuntimeException if it is not a host
     */
    HostPortHttpField host() {
        if (field() instanceof HostPortHttpField host) {
            return host;
        }
        HostPortHttpField host = new HostPortHttpField(field.getValue());
        field = host;
        return host;
    }

    /** {@return the name alone: the value may be a credential} */
    @Override
    public String toString() {
        return name;
    }
}
