package dev.gangway.servlet.option;

/**
 * The references in a setting, {@code ${env:NAME}} for a variable of the environment and {@code ${sys:NAME}} for a
 * system property, each with or without a default: {@code ${env:NAME:-default}}. The syntax is picocli's, which inserts
 * {@code null} for a variable that is not set; here that is a mistake. {@code $$} stands for a dollar sign.
 */
final class References {
    private static final String OPENING = "${";
    private static final String DEFAULT = ":-";

    private final String text;
    private int position;

    private References(String text) {
        this.text = text;
    }

    /**
     * {@return the text with the values of its references}
     *
     * @throws IllegalArgumentException with a message for the user if a reference has no value or is malformed
     */
    static String expand(String text) {
        References references = new References(text);
        return references.expandUntil(text.length());
    }

    private String expandUntil(int end) {
        StringBuilder expanded = new StringBuilder();
        while (position < end) {
            if (text.startsWith("$$", position)) {
                expanded.append('$');
                position += 2;
            } else if (text.startsWith(OPENING, position)) {
                expanded.append(reference());
            } else {
                expanded.append(text.charAt(position++));
            }
        }
        return expanded.toString();
    }

    private String reference() {
        int start = position + OPENING.length();
        int end = closingBrace(start);
        String reference = text.substring(start, end);
        int separator = reference.indexOf(DEFAULT);
        String name = separator < 0 ? reference : reference.substring(0, separator);
        String value = value(name);
        if (value == null && separator < 0) {
            throw new IllegalArgumentException(
                    "there is no value for ${" + name + "}; set it, or write ${" + name + ":-DEFAULT}");
        }
        if (value == null) {
            position = start + separator + DEFAULT.length();
            value = expandUntil(end);
        }
        position = end + 1;
        return value;
    }

    /** A default may contain references too. */
    private int closingBrace(int start) {
        int open = 1;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            open += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (open == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("'" + text + "' lacks a closing brace");
    }

    private static String value(String name) {
        if (name.startsWith("env:")) {
            return System.getenv(name.substring("env:".length()));
        }
        if (name.startsWith("sys:")) {
            String property = name.substring("sys:".length());
            return property.isEmpty() ? null : System.getProperty(property);
        }
        throw new IllegalArgumentException(
                "'${" + name + "}' is not a reference, want ${env:NAME}; write $$ for a dollar sign");
    }
}
