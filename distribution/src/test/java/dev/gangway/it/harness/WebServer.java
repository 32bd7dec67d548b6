package dev.gangway.it.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The web servers and how each is started in the foreground with one configuration file. */
public enum WebServer {
    NGINX("nginx", "nginx", "/usr/sbin/nginx", "-p", "${run}", "-c", "${config}", "-g", "daemon off;"),
    LIGHTTPD("lighttpd", "lighttpd", "/usr/sbin/lighttpd", "-D", "-f", "${config}"),
    // Its process group is also that of the tests, unless it gets another one, and some of its kinds end all of it.
    HTTPD("Apache httpd", "httpd", "/usr/bin/setsid", "/usr/sbin/apache2", "-DFOREGROUND", "-f", "${config}"),
    HAPROXY("HAProxy", "haproxy", "/usr/sbin/haproxy", "-db", "-f", "${config}"),
    CADDY("Caddy", "caddy", "/usr/bin/caddy", "run", "--adapter", "caddyfile", "--config", "${config}"),
    H2O("h2o", "h2o", "/usr/bin/h2o", "-c", "${config}");

    private final String title;
    private final String folder;
    private final List<String> command;

    WebServer(String title, String folder, String... command) {
        this.title = title;
        this.folder = folder;
        this.command = List.of(command);
    }

    List<String> command() {
        return command;
    }

    /** Its name, as people write it. */
    public String title() {
        return title;
    }

    /** The name of its folder of configurations, and of its page. */
    public String folder() {
        return folder;
    }

    /** {@return the names of all its configurations} */
    public List<String> configurations() {
        try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "web-servers", folder))) {
            return files.map(file -> file.getFileName().toString().replace(".conf", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
