package dev.gangway.servlet.log;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An access log of JSON objects, one a line. What a request does not have is left out. */
final class JsonLines implements RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger(JsonLines.class);
    private static final Map<Character, String> ESCAPED =
            Map.of('"', "\\\"", '\\', "\\\\", '\n', "\\n", '\r', "\\r", '\t', "\\t");

    private final Writer writer;

    JsonLines(Writer writer) {
        this.writer = writer;
    }

    @Override
    public void log(Request request, Response response) {
        try {
            writer.write(line(request, response));
        } catch (IOException e) {
            LOG.warn("Unable to log request", e);
        }
    }

    private static String line(Request request, Response response) {
        StringBuilder json = new StringBuilder(400).append('{');
        Instant begin = Instant.ofEpochMilli(Request.getTimeStamp(request));
        text(json, "time", begin.truncatedTo(ChronoUnit.MILLIS).toString());
        text(json, "id", request.getAttribute(LoggedRequest.ID));
        text(json, "client", Request.getRemoteAddr(request));
        Request.AuthenticationState login = Request.getAuthenticationState(request);
        text(
                json,
                "user",
                login.getUserPrincipal() == null
                        ? null
                        : login.getUserPrincipal().getName());
        text(json, "role", request.getAttribute(LoggedRequest.ROLE));
        text(json, "host", Request.getServerName(request));
        text(json, "method", request.getMethod());
        text(json, "target", request.getHttpURI().getPathQuery());
        text(json, "protocol", request.getConnectionMetaData().getProtocol());
        number(json, "status", response.getStatus());
        number(json, "bytes", Response.getContentBytesWritten(response));
        number(json, "micros", NanoTime.since(request.getBeginNanoTime()) / 1000);
        text(json, "referer", request.getHeaders().get(HttpHeader.REFERER));
        text(json, "agent", request.getHeaders().get(HttpHeader.USER_AGENT));
        text(json, "traceparent", request.getHeaders().get("traceparent"));
        return json.append('}').toString();
    }

    private static void number(StringBuilder json, String name, long value) {
        name(json, name).append(value);
    }

    private static void text(StringBuilder json, String name, Object value) {
        if (value == null) {
            return;
        }
        name(json, name).append('"');
        String text = value.toString();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String escaped = ESCAPED.get(c);
            if (escaped != null) {
                json.append(escaped);
            } else if (Character.isISOControl(c)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private static StringBuilder name(StringBuilder json, String name) {
        return json.append(json.length() == 1 ? "\"" : ",\"").append(name).append("\":");
    }
}
