package dev.gangway.conformance.difference;

import dev.gangway.it.harness.WebServer;
import java.util.Arrays;
import java.util.List;

/** What is in front of Gangway: a web server with the configuration that the README shows first, or nobody. */
enum Behind {
    /** The raw client is the web server. */
    NOBODY(null, "", "raw client"),
    NGINX(WebServer.NGINX, "tcp", "nginx");

    private final WebServer server;
    private final String configuration;
    private final String title;

    Behind(WebServer server, String configuration, String title) {
        this.server = server;
        this.configuration = configuration;
        this.title = title;
    }

    static List<Behind> webServers() {
        return Arrays.stream(values()).filter(behind -> behind != NOBODY).toList();
    }

    WebServer server() {
        return server;
    }

    String configuration() {
        return configuration;
    }

    String title() {
        return title;
    }
}
