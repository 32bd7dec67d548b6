package dev.gangway.ee;

import java.util.List;

/** What belongs to a servlet container, and not to an application or to a library of it. */
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
     * {@return whether a class that the environment does not have is one of a container}
     *
     * @param name null for none
     */
    static boolean has(String name) {
        return name != null && PACKAGES.stream().anyMatch(name::startsWith);
    }
}
