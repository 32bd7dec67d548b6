package dev.gangway.servlet.environment;

import java.util.Locale;

/**
 * A version of Java or Jakarta EE, called a level: it has the version of the Servlet API that an application is written
 * for. {@link #EE8} is for all that is older, too.
 */
public enum EeVersion {
    EE8("javax.servlet"),
    EE9("jakarta.servlet"),
    EE10("jakarta.servlet"),
    EE11("jakarta.servlet");

    private final String servletPackage;

    EeVersion(String servletPackage) {
        this.servletPackage = servletPackage;
    }

    /**
     * {@return the level of a name}
     *
     * @throws IllegalArgumentException with a message for the user if there is none
     */
    public static EeVersion parse(String name) {
        for (EeVersion level : values()) {
            if (level.toString().equalsIgnoreCase(name)) {
                return level;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is no level, want ee8, ee9, ee10 or ee11");
    }

    /** {@return the package of the Servlet API} */
    public String servletPackage() {
        return servletPackage;
    }

    /** {@return the name, as users and Jetty write it: {@code ee8}} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
