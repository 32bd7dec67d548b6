package dev.gangway.runner;

/** How users write several values of one option: separated by commas, on the command line and in a file. */
final class Values {
    /** The separator, as a regular expression for picocli. */
    static final String COMMA = "\\s*,\\s*";

    private Values() {}

    /** {@return whether a text has no value in it; one comma or more are several of them} */
    static boolean isEmpty(String text) {
        return text.replace(',', ' ').isBlank();
    }
}
