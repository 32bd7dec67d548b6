package dev.gangway.servlet.log;

import java.util.Map;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.RequestLog;

/**
 * What a line of the access log says: text with Jetty's codes, or JSON.
 *
 * @param codes null for JSON
 */
record AccessLogFormat(String codes) {
    static final String COMBINED = "combined";
    private static final String JSON = "json";

    private static final Map<String, String> NAMED =
            Map.of(COMBINED, CustomRequestLog.EXTENDED_NCSA_FORMAT, "common", CustomRequestLog.NCSA_FORMAT);

    /** How Jetty writes a quoted field that a request does not have. A quote within a field is escaped. */
    private static final String MISSING = " \"\"";

    /**
     * {@return a format by its name or its codes}
     *
     * @param option in which it stands
     * @throws IllegalArgumentException if there is no such code
     */
    static AccessLogFormat of(String option, String text) {
        if (text.equals(JSON)) {
            return new AccessLogFormat(null);
        }
        AccessLogFormat format = new AccessLogFormat(NAMED.getOrDefault(text, text));
        if (!format.codes.contains("%")) {
            throw new IllegalArgumentException(
                    option + " is '" + text + "', want combined, common, json, or text with" + " codes such as %r");
        }
        try {
            format.lines(line -> {});
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(option + " is '" + text + "': " + e.getMessage(), e);
        }
        return format;
    }

    /** {@return a log that writes such lines} */
    RequestLog lines(RequestLog.Writer writer) {
        return codes == null
                ? new JsonLines(writer)
                : new CustomRequestLog(line -> writer.write(line.replace(MISSING, " \"-\"")), codes);
    }
}
