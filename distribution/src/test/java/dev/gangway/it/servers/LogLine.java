package dev.gangway.it.servers;

import static dev.gangway.it.harness.WebServer.CADDY;
import static dev.gangway.it.harness.WebServer.H2O;
import static dev.gangway.it.harness.WebServer.HAPROXY;
import static dev.gangway.it.harness.WebServer.HTTPD;
import static dev.gangway.it.harness.WebServer.LIGHTTPD;
import static dev.gangway.it.harness.WebServer.NGINX;

import dev.gangway.it.harness.WebServer;

/** What the log of a web server says of a request that failed, and why it did, as the documents say it. */
enum LogLine {
    NGINX_REFUSED(NGINX, "tcp", Cause.NOBODY_LISTENS, 502, "connect() failed (111: Connection refused)"),
    NGINX_NO_SOCKET(NGINX, "unix", Cause.NO_SOCKET, 502, "failed (2: No such file or directory)"),
    NGINX_FORBIDDEN(NGINX, "unix", Cause.NO_PERMISSION, 502, "failed (13: Permission denied)"),
    NGINX_BROKEN(NGINX, "tcp", Cause.HANGS_UP, 502, "upstream prematurely closed"),
    NGINX_RESET(NGINX, "tcp", Cause.RESETS, 502, "(104: Connection reset by peer)"),
    NGINX_LATE(
            NGINX,
            "hasty",
            Cause.SILENT,
            504,
            "upstream timed out (110: Connection timed out)",
            "fastcgi_read_timeout"),
    NGINX_HEADER(NGINX, "proxied", Cause.LARGE_HEADER, 502, "upstream sent too big header", "fastcgi_buffer_size"),
    NGINX_UPLOAD(
            NGINX,
            "proxied",
            Cause.LARGE_UPLOAD,
            413,
            "client intended to send too large body",
            "client_max_body_size"),
    HTTPD_REFUSED(HTTPD, "tcp", Cause.NOBODY_LISTENS, 503, "(111)Connection refused: AH00957"),
    HTTPD_NO_SOCKET(HTTPD, "unix", Cause.NO_SOCKET, 503, "(2)No such file or directory: AH02454"),
    HTTPD_FORBIDDEN(HTTPD, "unix", Cause.NO_PERMISSION, 503, "(13)Permission denied: AH02454"),
    HTTPD_BROKEN(HTTPD, "tcp", Cause.HANGS_UP, 503, "AH01067: Failed to read FastCGI header"),
    HTTPD_LATE(HTTPD, "hasty", Cause.SILENT, 504, "(70007)The timeout specified has expired", "ProxyTimeout"),
    LIGHTTPD_REFUSED(LIGHTTPD, "tcp", Cause.NOBODY_LISTENS, 503, "Connection refused"),
    LIGHTTPD_NO_SOCKET(LIGHTTPD, "unix", Cause.NO_SOCKET, 503, "No such file or directory"),
    LIGHTTPD_FORBIDDEN(LIGHTTPD, "hasty", Cause.NO_PERMISSION, 503, "Permission denied"),
    HAPROXY_REFUSED(HAPROXY, "hasty", Cause.NOBODY_LISTENS, 503, " SC-- "),
    HAPROXY_BROKEN(HAPROXY, "hasty", Cause.HANGS_UP, 502, " SH-- "),
    HAPROXY_LATE(HAPROXY, "hasty", Cause.SILENT, 504, " sH-- ", "timeout server"),
    CADDY_REFUSED(CADDY, "tcp", Cause.NOBODY_LISTENS, 502, "connect: connection refused"),
    H2O_REFUSED(H2O, "tcp", Cause.NOBODY_LISTENS, 503, "connection failed");

    /** Why a request fails, and what to do; the setting of the web server that matters is in the place of %s. */
    enum Cause {
        NOBODY_LISTENS("Nobody listens at that port: Gangway does not run, or has another `--listen`."),
        NO_SOCKET("There is no such socket: Gangway does not run, or has another `--listen`. `/run` is empty after each"
                + " boot; [systemd makes the directory](running.md#at-boot-by-systemd)."),
        NO_PERMISSION("The web server's user must be able to write to the socket, and to enter its directory:"
                + " [`--socket-group`](running.md#serve-a-war)."),
        HANGS_UP("Gangway ended during the request, or broke a response off, as its log says; or the port belongs to"
                + " another program."),
        RESETS("Gangway refused the connection: [`--allow-peers`](security.md#who-may-connect),"
                + " [`--max-connections`](limits.md). Its log says so."),
        SILENT("The application takes longer than the web server waits: `%s`."),
        LARGE_HEADER("The headers of the response exceed `%s`, which the [first block](web-servers/nginx.md) raises."),
        LARGE_UPLOAD("The upload exceeds `%s`, which the [first block](web-servers/nginx.md) raises.");

        private final String text;

        Cause(String text) {
            this.text = text;
        }
    }

    private final WebServer server;
    private final String mode;
    private final Cause cause;
    private final int status;
    private final String text;
    private final String setting;

    LogLine(WebServer server, String mode, Cause cause, int status, String text) {
        this(server, mode, cause, status, text, "");
    }

    LogLine(WebServer server, String mode, Cause cause, int status, String text, String setting) {
        this.setting = setting;
        this.server = server;
        this.mode = mode;
        this.cause = cause;
        this.status = status;
        this.text = text;
    }

    WebServer server() {
        return server;
    }

    /** The name of the configuration with which it comes. */
    String mode() {
        return mode;
    }

    Cause cause() {
        return cause;
    }

    /** What the client gets. */
    int status() {
        return status;
    }

    /** The part of the line that is always the same. */
    String text() {
        return text;
    }

    /** The row of the documents. */
    String row() {
        return "| " + server.title() + " | `" + text.strip() + "` | " + status + " | " + cause.text.formatted(setting)
                + " |\n";
    }
}
