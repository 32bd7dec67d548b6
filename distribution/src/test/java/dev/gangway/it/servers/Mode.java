package dev.gangway.it.servers;

import static dev.gangway.it.servers.Limit.ANSWER_AFTER_UPLOAD;
import static dev.gangway.it.servers.Limit.BREAK_LEAVES_CLIENT_WAITING;
import static dev.gangway.it.servers.Limit.BREAK_PADDED;
import static dev.gangway.it.servers.Limit.BREAK_UNNOTICED;
import static dev.gangway.it.servers.Limit.BREAK_UNNOTICED_AT_ONCE;
import static dev.gangway.it.servers.Limit.BREAK_UNNOTICED_SHARED;
import static dev.gangway.it.servers.Limit.CHUNKED_UPLOAD_SMALL;
import static dev.gangway.it.servers.Limit.EMPTY_CHUNKED_UPLOAD_HANGS;
import static dev.gangway.it.servers.Limit.EMPTY_HEADER_DROPPED;
import static dev.gangway.it.servers.Limit.ENCODED_SLASH_NOT_FOUND;
import static dev.gangway.it.servers.Limit.LEAVING_UNNOTICED;
import static dev.gangway.it.servers.Limit.LEAVING_UNNOTICED_WHILE_WRITING;
import static dev.gangway.it.servers.Limit.LENGTH_REQUIRED;
import static dev.gangway.it.servers.Limit.ONE_AT_A_TIME;
import static dev.gangway.it.servers.Limit.PROCESS_PER_REQUEST;
import static dev.gangway.it.servers.Limit.PROCESS_WAITED_FOR;
import static dev.gangway.it.servers.Limit.RESPONSE_HELD_BACK;
import static dev.gangway.it.servers.Limit.UNDERSCORE_DROPPED;
import static dev.gangway.it.servers.Limit.UPLOAD_SPOOLED;

import dev.gangway.it.harness.WebServer;
import java.util.Set;

/** Every way of setting up a web server that the tests know: the table of what works where. */
enum Mode {
    NGINX_TCP(WebServer.NGINX, "tcp", "TCP", UNDERSCORE_DROPPED, UPLOAD_SPOOLED),
    NGINX_UNIX(
            WebServer.NGINX,
            "unix",
            "Unix socket",
            UNDERSCORE_DROPPED,
            UPLOAD_SPOOLED,
            BREAK_UNNOTICED,
            BREAK_LEAVES_CLIENT_WAITING),
    NGINX_KEEPALIVE(WebServer.NGINX, "keepalive", "kept connections", UNDERSCORE_DROPPED, UPLOAD_SPOOLED),
    NGINX_UNBUFFERED(WebServer.NGINX, "unbuffered", "buffering off", UNDERSCORE_DROPPED),

    LIGHTTPD_TCP(
            WebServer.LIGHTTPD,
            "tcp",
            "TCP",
            EMPTY_HEADER_DROPPED,
            LENGTH_REQUIRED,
            UPLOAD_SPOOLED,
            LEAVING_UNNOTICED,
            BREAK_UNNOTICED_AT_ONCE),
    LIGHTTPD_UNIX(
            WebServer.LIGHTTPD,
            "unix",
            "Unix socket",
            EMPTY_HEADER_DROPPED,
            LENGTH_REQUIRED,
            UPLOAD_SPOOLED,
            LEAVING_UNNOTICED,
            BREAK_UNNOTICED_AT_ONCE),
    LIGHTTPD_SPAWN(
            WebServer.LIGHTTPD,
            "spawn",
            "`bin-path`",
            EMPTY_HEADER_DROPPED,
            LENGTH_REQUIRED,
            UPLOAD_SPOOLED,
            LEAVING_UNNOTICED,
            BREAK_UNNOTICED_AT_ONCE),
    LIGHTTPD_BUFFERED(
            WebServer.LIGHTTPD,
            "buffered",
            "without `server.stream-response-body`",
            EMPTY_HEADER_DROPPED,
            LENGTH_REQUIRED,
            UPLOAD_SPOOLED,
            LEAVING_UNNOTICED,
            LEAVING_UNNOTICED_WHILE_WRITING,
            RESPONSE_HELD_BACK,
            BREAK_UNNOTICED),

    LIGHTTPD_CGI(
            WebServer.LIGHTTPD,
            "cgi",
            "CGI",
            EMPTY_HEADER_DROPPED,
            LENGTH_REQUIRED,
            UPLOAD_SPOOLED,
            LEAVING_UNNOTICED,
            BREAK_UNNOTICED,
            PROCESS_PER_REQUEST),

    HTTPD_TCP(
            WebServer.HTTPD,
            "tcp",
            "TCP",
            UNDERSCORE_DROPPED,
            ENCODED_SLASH_NOT_FOUND,
            LEAVING_UNNOTICED,
            ANSWER_AFTER_UPLOAD),
    HTTPD_UNIX(
            WebServer.HTTPD,
            "unix",
            "Unix socket",
            UNDERSCORE_DROPPED,
            ENCODED_SLASH_NOT_FOUND,
            LEAVING_UNNOTICED,
            ANSWER_AFTER_UPLOAD),
    HTTPD_REUSE(
            WebServer.HTTPD,
            "reuse",
            "kept connections",
            UNDERSCORE_DROPPED,
            ENCODED_SLASH_NOT_FOUND,
            LEAVING_UNNOTICED,
            ANSWER_AFTER_UPLOAD),
    HTTPD_FCGID(
            WebServer.HTTPD,
            "fcgid",
            "mod_fcgid with one JVM",
            UNDERSCORE_DROPPED,
            ENCODED_SLASH_NOT_FOUND,
            UPLOAD_SPOOLED,
            LEAVING_UNNOTICED,
            BREAK_PADDED,
            ONE_AT_A_TIME,
            PROCESS_WAITED_FOR),

    HTTPD_FCGID_SHARED(
            WebServer.HTTPD,
            "fcgid-shared",
            "mod_fcgid",
            UNDERSCORE_DROPPED,
            ENCODED_SLASH_NOT_FOUND,
            UPLOAD_SPOOLED,
            LEAVING_UNNOTICED,
            BREAK_PADDED,
            PROCESS_WAITED_FOR),
    HTTPD_CGI(
            WebServer.HTTPD,
            "cgi",
            "CGI",
            UNDERSCORE_DROPPED,
            ENCODED_SLASH_NOT_FOUND,
            LEAVING_UNNOTICED,
            ANSWER_AFTER_UPLOAD,
            BREAK_UNNOTICED,
            PROCESS_PER_REQUEST),

    HAPROXY_TCP(
            WebServer.HAPROXY,
            "tcp",
            "one request at a time",
            UNDERSCORE_DROPPED,
            CHUNKED_UPLOAD_SMALL,
            EMPTY_CHUNKED_UPLOAD_HANGS,
            LEAVING_UNNOTICED),
    HAPROXY_MULTIPLEXED(
            WebServer.HAPROXY,
            "multiplexed",
            "`mpxs-conns`",
            UNDERSCORE_DROPPED,
            CHUNKED_UPLOAD_SMALL,
            EMPTY_CHUNKED_UPLOAD_HANGS,
            LEAVING_UNNOTICED,
            LEAVING_UNNOTICED_WHILE_WRITING,
            BREAK_UNNOTICED_SHARED,
            BREAK_LEAVES_CLIENT_WAITING),

    CADDY_TCP(
            WebServer.CADDY,
            "tcp",
            "without `flush_interval`",
            BREAK_UNNOTICED,
            LEAVING_UNNOTICED,
            LEAVING_UNNOTICED_WHILE_WRITING,
            ANSWER_AFTER_UPLOAD),
    CADDY_FLUSH(
            WebServer.CADDY, "flush", "`flush_interval -1`", BREAK_UNNOTICED, LEAVING_UNNOTICED, ANSWER_AFTER_UPLOAD),

    H2O_TCP(WebServer.H2O, "tcp", "TCP", BREAK_UNNOTICED, LEAVING_UNNOTICED, UPLOAD_SPOOLED);

    /** One mode of each server, and one of each way of buffering, moves bodies of this length. */
    private static final long HUGE = 200_000_000;

    private static final long LARGE = 10_000_000;

    private final WebServer server;
    private final String configuration;
    private final String title;
    private final Set<Limit> limits;

    Mode(WebServer server, String configuration, String title, Limit... limits) {
        this.server = server;
        this.configuration = configuration;
        this.title = title;
        this.limits = Set.of(limits);
    }

    WebServer server() {
        return server;
    }

    /** The name of the configuration file. */
    String configuration() {
        return configuration;
    }

    /** What sets it apart from the other modes of the server. */
    String title() {
        return title;
    }

    Set<Limit> limits() {
        return limits;
    }

    /** How much a case may send in one request, or ask for. */
    long largestBody() {
        return switch (this) {
            case NGINX_TCP, NGINX_UNBUFFERED, LIGHTTPD_TCP, HTTPD_TCP, HAPROXY_TCP, CADDY_TCP -> HUGE;
            default -> LARGE;
        };
    }
}
