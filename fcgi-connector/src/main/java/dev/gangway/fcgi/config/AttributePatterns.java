package dev.gangway.fcgi.config;

import java.util.List;

/**
 * The allow-list of PARAMS that become request attributes of the same name.
 *
 * <p>A peer must not be able to set an attribute that a container or a library trusts, so a pattern never matches a
 * client header ({@code HTTP_*}) nor a name with a dot, as all such attributes have.
 */
public final class AttributePatterns {
    /** Matches nothing. */
    public static final AttributePatterns NONE = new AttributePatterns(List.of());

    private final List<String> patterns;

    private AttributePatterns(List<String> patterns) {
        this.patterns = patterns;
    }

    /**
     * @param patterns each a parameter's name, or the beginning of one followed by {@code *}
     * @return the allow-list of these
     * @throws IllegalArgumentException if a pattern is empty, has {@code *} elsewhere than at its end, is {@code *}
     *     alone, or can only match what is never allowed
     */
    public static AttributePatterns of(List<String> patterns) {
        patterns.forEach(AttributePatterns::check);
        return new AttributePatterns(List.copyOf(patterns));
    }

    private static void check(String pattern) {
        String start = pattern.endsWith("*") ? pattern.substring(0, pattern.length() - 1) : pattern;
        if (!start.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException("attribute pattern '" + pattern
                    + "': want a parameter's name, or the beginning of one and '*', of letters, digits and '_'");
        }
        if (start.startsWith("HTTP_")) {
            throw new IllegalArgumentException(
                    "attribute pattern '" + pattern + "': HTTP_* are headers of the client and never attributes");
        }
    }

    /**
     * {@return whether there is no pattern, so that nothing matches}
     */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /**
     * {@return whether the parameter may become an attribute}
     *
     * @param name the parameter's name
     */
    public boolean matches(String name) {
        if (name.startsWith("HTTP_") || name.contains(".")) {
            return false;
        }
        for (String pattern : patterns) {
            if (pattern.endsWith("*")
                    ? name.regionMatches(0, pattern, 0, pattern.length() - 1)
                    : name.equals(pattern)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return String.join(",", patterns);
    }
}
