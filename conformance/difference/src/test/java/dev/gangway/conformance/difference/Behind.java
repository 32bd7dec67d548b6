package dev.gangway.conformance.difference;

import dev.gangway.it.harness.WebServer;

/** What is in front of Gangway: a web server with the configuration that its page shows first, or nobody. */
enum Behind {
    /** The raw client is the web server. */
    NOBODY(null, "", true, "raw client"),
    NGINX(WebServer.NGINX, "tcp", true, "nginx"),
    LIGHTTPD(WebServer.LIGHTTPD, "tcp", true, "lighttpd"),
    PROXY_FCGI(WebServer.HTTPD, "tcp", true, "httpd mod_proxy_fcgi"),
    /** Its processes lead to Gangway as those of {@code gangway fcgid} do. */
    FCGID(WebServer.HTTPD, "fcgid-relay", false, "httpd mod_fcgid"),
    HAPROXY(WebServer.HAPROXY, "tcp", true, "HAProxy"),
    CADDY(WebServer.CADDY, "tcp", true, "Caddy"),
    H2O(WebServer.H2O, "tcp", false, "h2o");

    private final WebServer server;
    private final String configuration;
    private final boolean secure;
    private final String title;

    Behind(WebServer server, String configuration, boolean secure, String title) {
        this.server = server;
        this.configuration = configuration;
        this.secure = secure;
        this.title = title;
    }

    WebServer server() {
        return server;
    }

    String configuration() {
        return configuration;
    }

    /** Whether it tells of certificates, by a configuration with TLS. */
    boolean isSecure() {
        return secure;
    }

    boolean plays(Exchange exchange) {
        return secure || exchange.transport() == Exchange.Transport.PLAIN;
    }

    String title() {
        return title;
    }
}
