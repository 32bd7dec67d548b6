package dev.gangway.servlet.handover;

import java.util.Arrays;
import java.util.Locale;

/** How a new version of an application takes the place of the old one. */
public enum Redeployment {
    /** It starts while the old one still answers, and takes over when it has started. Both are in memory then. */
    BESIDE,

    /** The old one stops first; there is no answer meanwhile. */
    STOP;

    /** The name of the setting of one application. */
    public static final String SETTING = "redeploy";

    /**
     * {@return what a text of the user stands for}
     *
     * @throws IllegalArgumentException with a message for the user if it stands for nothing
     */
    public static Redeployment parse(String text) {
        return Arrays.stream(values())
                .filter(value -> value.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s is '%s', want %s or %s".formatted(SETTING, text, BESIDE, STOP)));
    }

    /** {@return the value as users write it} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
