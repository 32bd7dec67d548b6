package dev.gangway.it.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.util.ajax.JSON;

/** A response as it came: status line, header lines in order, and the body, which is read when asked for. */
public record RawResponse(int status, String reason, List<Header> headers, InputStream body) {
    public record Header(String name, String value) {}

    public List<String> values(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** The value of a header that must not occur twice; null without it. */
    public String value(String name) {
        List<String> values = values(name);
        if (values.size() > 1) {
            throw new AssertionError(name + " occurs " + values.size() + " times: " + values);
        }
        return values.isEmpty() ? null : values.get(0);
    }

    public byte[] bytes() {
        try {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError("response cut short: " + e, e);
        }
    }

    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    public Map<?, ?> json() {
        String text = text();
        if (new JSON().fromJSON(text) instanceof Map<?, ?> map) {
            return map;
        }
        throw new AssertionError("not a JSON object: " + text);
    }

    public String sha256() {
        try (Sha256Output digest = new Sha256Output()) {
            body.transferTo(digest);
            return digest.hex();
        } catch (IOException e) {
            throw new AssertionError("response cut short: " + e, e);
        }
    }

    /** Reads on to the end; false when the framing or the connection broke before it. */
    public boolean isComplete() {
        try {
            body.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the response neither goes on nor ends", e);
        } catch (IOException e) {
            return false;
        }
    }
}
