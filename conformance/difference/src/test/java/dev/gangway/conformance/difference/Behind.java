package dev.gangway.conformance.difference;

import dev.gangway.it.harness.WebServer;
import java.util.Arrays;
import java.util.List;

/** What is in front of Gangway: a web server with the configuration that the README shows first, or nobody. */
enum Behind {
    /** The raw client is the web server. */
    NOBODY(null, "", "raw client"),
    NGINX(WebServer.NGINX, "tcp", "nginx"),
    LIGHTTPD(WebServer.LIGHTTPD, "tcp", "lighttpd"),
    PROXY_FCGI(WebServer.HTTPD, "tcp", "httpd mod_proxy_fcgi"),
    /** Its processes lead to Gangway as those of {@code gangway fcgid} do. */
    FCGID(WebServer.HTTPD, "fcgid-relay", "httpd mod_fcgid"),
    HAPROXY(WebServer.HAPROXY, "tcp", "HAProxy"),
    CADDY(WebServer.CADDY, "tcp", "Caddy"),
    H2O(WebServer.H2O, "tcp", "h2o");

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
