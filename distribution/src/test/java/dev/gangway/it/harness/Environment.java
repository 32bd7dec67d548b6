package dev.gangway.it.harness;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** A Servlet environment, and what applications for it are written in. */
public enum Environment {
    EE8("4.0", "javax", "http://xmlns.jcp.org/xml/ns/javaee"),
    EE9("5.0", "jakarta", "https://jakarta.ee/xml/ns/jakartaee"),
    EE10("6.0", "jakarta", "https://jakarta.ee/xml/ns/jakartaee"),
    EE11("6.1", "jakarta", "https://jakarta.ee/xml/ns/jakartaee");

    private final String version;
    private final String namespace;
    private final String schema;

    Environment(String version, String namespace, String schema) {
        this.version = version;
        this.namespace = namespace;
        this.schema = schema;
    }

    /** The version of the Servlet API. */
    public String version() {
        return version;
    }

    /** The placeholders of sources and descriptors. */
    public Map<String, String> placeholders() {
        return Map.of("version", version, "namespace", namespace, "schema", schema);
    }

    /** Where the installation keeps its jars. */
    public Path libraries() {
        return Installation.built().home().resolve("lib").resolve(toString());
    }

    /** Its name on the command line, which the tests take for context paths too. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
