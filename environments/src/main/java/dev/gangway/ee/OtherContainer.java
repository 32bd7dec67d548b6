package dev.gangway.ee;

import java.util.List;

/** Knows which classes belong to a servlet container, and not to an application or one of its libraries. */
final class OtherContainer {
    private static final List<String> PACKAGES = List.of(
            "io.undertow.",
            "org.apache.catalina.",
            "org.apache.coyote.",
            "org.apache.jasper.",
            "org.apache.tomcat.",
            "org.eclipse.jetty.",
            "org.mortbay.");

    private OtherContainer() {}

    /**
     * {@return whether a class belongs to a container}
     *
     * @param name the name of the class, or null for none
     */
    static boolean has(String name) {
        return name != null && PACKAGES.stream().anyMatch(name::startsWith);
    }
}
