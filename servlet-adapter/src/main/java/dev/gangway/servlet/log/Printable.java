package dev.gangway.servlet.log;

/** What a client has sent must neither look like another line nor control the terminal that shows it. */
final class Printable {
    private Printable() {}

    /** {@return a text with a question mark in place of each control character} */
    static String of(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder printable = new StringBuilder(text.length());
        text.chars().forEach(c -> printable.append(Character.isISOControl(c) ? '?' : (char) c));
        return printable.toString();
    }
}
