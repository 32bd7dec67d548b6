package dev.gangway.sample.page;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Keeps secrets off the page: a screenshot of it must not give anyone a login or a session.
 */
final class Credentials {
    private static final Pattern SECRET =
            Pattern.compile("AUTHORIZATION|COOKIE|PASSW|SECRET|TOKEN|API_?KEY|SESSION_ID");

    private Credentials() {}

    /** {@return the value, or how long it is if the name is that of a credential} */
    static String mask(String name, String value) {
        String cgiName = name.toUpperCase(Locale.ROOT).replace('-', '_');
        if (!SECRET.matcher(cgiName).find()) return value;
        return "hidden (%d characters)".formatted(value.length());
    }
}
