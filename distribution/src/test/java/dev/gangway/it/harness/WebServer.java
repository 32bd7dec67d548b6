package dev.gangway.it.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The web servers and how each is started in the foreground with one configuration file. */
public enum WebServer {
    NGINX("nginx", "/usr/sbin/nginx", "-p", "${run}", "-c", "${config}"),
    LIGHTTPD("lighttpd", "/usr/sbin/lighttpd", "-D", "-f", "${config}"),
    HTTPD("httpd", "/usr/sbin/apache2", "-DFOREGROUND", "-f", "${config}"),
    HAPROXY("haproxy", "/usr/sbin/haproxy", "-db", "-f", "${config}"),
    CADDY("caddy", "/usr/bin/caddy", "run", "--adapter", "caddyfile", "--config", "${config}"),
    H2O("h2o", "/usr/bin/h2o", "-c", "${config}");

    private final String folder;
    private final List<String> command;

    WebServer(String folder, String... command) {
        this.folder = folder;
        this.command = List.of(command);
    }

    List<String> command() {
        return command;
    }

    /** The configuration of a mode, with its placeholders. */
    public String configuration(String mode) {
        String resource = "/web-servers/" + folder + "/" + mode + ".conf";
        try (InputStream in = WebServer.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
