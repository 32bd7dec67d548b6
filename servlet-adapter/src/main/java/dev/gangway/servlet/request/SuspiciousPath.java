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
 * What not every server reads alike in a path, and is refused unless somebody allows it. Dot segments are never allowed,
 * however they are written, nor are control characters.
 */
public enum SuspiciousPath {
    /** {@code %2F}: one segment for some, two for others. */
    ENCODED_SLASH(Violation.AMBIGUOUS_PATH_SEPARATOR),
    /** {@code //}: an empty segment, or one slash. */
    EMPTY_SEGMENT(Violation.AMBIGUOUS_EMPTY_SEGMENT),
    /** {@code %25}: who decodes twice reads something else. */
    ENCODED_PERCENT(Violation.AMBIGUOUS_PATH_ENCODING),
    /** {@code %5C}: a slash for some systems. */
    ENCODED_BACKSLASH(Violation.SUSPICIOUS_PATH_CHARACTERS);

    /** The name under which an application of a directory allows them. */
    public static final String SETTING = "allow-in-paths";

    private static final Pattern DOT_SEGMENT = Pattern.compile("/\\.{1,2}(?:[;/]|$)");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1F\\x7F]");

    private final Violation violation;

    SuspiciousPath(Violation violation) {
        this.violation = violation;
    }

    /** {@return Jetty's default, with these allowed besides} */
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
     * {@return those with these names}
     *
     * @throws IllegalArgumentException if there is none of a name
     */
    public static Set<SuspiciousPath> parse(Collection<String> names) {
        Set<SuspiciousPath> parsed = EnumSet.noneOf(SuspiciousPath.class);
        for (String name : names) {
            parsed.add(EnumSet.allOf(SuspiciousPath.class).stream()
                    .filter(path -> path.toString().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is none of "
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
     * {@return the path that the least strict reader may make of it: decoded until nothing is left to decode, with one
     * slash for each backslash and for several}
     *
     * @param path a path as in a URI
     */
    static String plain(String path) {
        return decode(path).replace('\\', '/').replaceAll("/{2,}", "/");
    }

    /** Only what has just been written can become the end of another escape, so that each byte is looked at once. */
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
