package dev.gangway.servlet.environment;

import java.util.Locale;

/** A level of Java or Jakarta EE: the version of the Servlet API that an application is written for. */
public enum EeVersion {
    EE8("4.0", "javax.servlet"),
    EE9("5.0", "jakarta.servlet"),
    EE10("6.0", "jakarta.servlet"),
    EE11("6.1", "jakarta.servlet");

    private final String servletVersion;
    private final String servletPackage;

    EeVersion(String servletVersion, String servletPackage) {
        this.servletVersion = servletVersion;
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

    /** {@return the version of the Servlet API; {@link #EE8} has all the older ones in it} */
    public String servletVersion() {
        return servletVersion;
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
