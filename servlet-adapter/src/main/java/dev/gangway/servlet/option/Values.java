package dev.gangway.servlet.option;

/** How users write several values of one option: separated by commas, on the command line and in a file. */
public final class Values {
    /** The separator, as a regular expression for picocli. */
    public static final String COMMA = "\\s*,\\s*";

    private Values() {}

    /** {@return whether a text contains no value; commas alone separate empty ones} */
    public static boolean isEmpty(String text) {
        return text.replace(',', ' ').isBlank();
    }
}
