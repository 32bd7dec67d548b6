package dev.gangway.servlet.request;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;

/**
 * What servers interpret differently in a path, and what is therefore refused unless it is allowed. Dot segments are
 * never allowed, however they are written, nor are control characters.
 */
public enum SuspiciousPath {
    /** {@code %2F}: part of one segment for some servers, the end of a segment for others. */
    ENCODED_SLASH(Violation.AMBIGUOUS_PATH_SEPARATOR),
    /** {@code //}: an empty segment, or one slash. */
    EMPTY_SEGMENT(Violation.AMBIGUOUS_EMPTY_SEGMENT),
    /** {@code %25}: decoding twice yields another path. */
    ENCODED_PERCENT(Violation.AMBIGUOUS_PATH_ENCODING),
    /** {@code %5C}: a slash for some systems. */
    ENCODED_BACKSLASH(Violation.SUSPICIOUS_PATH_CHARACTERS);

    /** The setting by which an application in a directory allows them. */
    public static final String SETTING = "allow-in-paths";

    private static final Pattern DOT_SEGMENT = Pattern.compile("/\\.{1,2}(?:[;/]|$)");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1F\\x7F]");

    private final Violation violation;

    SuspiciousPath(Violation violation) {
        this.violation = violation;
    }

    /** {@return Jetty's default, with these allowed in addition} */
    public static UriCompliance compliance(Set<SuspiciousPath> allowed) {
        if (allowed.isEmpty()) {
            return UriCompliance.DEFAULT;
        }
        Set<Violation> violations = EnumSet.noneOf(Violation.class);
        violations.addAll(UriCompliance.DEFAULT.getAllowed());
        allowed.forEach(path -> violations.add(path.violation));
        return UriCompliance.from(violations);
    }

    /**
     * {@return the values with these names}
     *
     * @throws IllegalArgumentException if a name is unknown
     */
    public static Set<SuspiciousPath> parse(Collection<String> names) {
        Set<SuspiciousPath> parsed = EnumSet.noneOf(SuspiciousPath.class);
        for (String name : names) {
            parsed.add(EnumSet.allOf(SuspiciousPath.class).stream()
                    .filter(path -> path.toString().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is not one of "
                            + EnumSet.allOf(SuspiciousPath.class).stream()
                                    .map(SuspiciousPath::toString)
                                    .collect(Collectors.joining(", ")))));
        }
        return parsed;
    }

    /** {@return whether a path of a request may not be served, whatever is allowed} */
    static boolean isNeverAllowed(HttpURI uri) {
        String plain = plain(uri.getPath());
        return DOT_SEGMENT.matcher(plain).find() || CONTROL.matcher(plain).find();
    }

    /**
     * {@return the path as the least strict server may read it: decoded until nothing is left to decode, each backslash
     * as a slash, and several slashes as one}
     *
     * @param path a path as in a URI
     */
    static String plain(String path) {
        return decode(path).replace('\\', '/').replaceAll("/{2,}", "/");
    }

    /** Only the byte just written can complete another escape, so each byte is read once. */
    private static String decode(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (byte next : bytes) {
            bytes[length++] = next;
            while (endsWithEscape(bytes, length)) {
                length -= 2;
                bytes[length - 1] = (byte) (digit(bytes[length]) << 4 | digit(bytes[length + 1]));
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static boolean endsWithEscape(byte[] bytes, int length) {
        return length >= 3
                && bytes[length - 3] == '%'
                && digit(bytes[length - 2]) >= 0
                && digit(bytes[length - 1]) >= 0;
    }

    private static int digit(byte ascii) {
        return Character.digit(ascii, 16);
    }

    /** {@return its name in small letters, with hyphens} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
