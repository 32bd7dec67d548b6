package dev.gangway.servlet.environment;

import java.util.Locale;

/**
 * A Servlet environment, named as Jetty names it: the Servlet API and its companions of one version of Java or Jakarta
 * EE, for which an application is written. {@link #EE8} is for all older applications too.
 */
public enum ServletEnvironment {
    EE8("javax.servlet"),
    EE9("jakarta.servlet"),
    EE10("jakarta.servlet"),
    EE11("jakarta.servlet");

    private final String servletPackage;

    ServletEnvironment(String servletPackage) {
        this.servletPackage = servletPackage;
    }

    /**
     * {@return the environment with a name}
     *
     * @throws IllegalArgumentException with a message for the user if there is none
     */
    public static ServletEnvironment parse(String name) {
        for (ServletEnvironment environment : values()) {
            if (environment.toString().equalsIgnoreCase(name)) {
                return environment;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is not an environment, want ee8, ee9, ee10 or ee11");
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
