package dev.gangway.benchmark.measure;

import dev.gangway.benchmark.load.Front;
import dev.gangway.benchmark.load.Protocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How a web server is told to pass all requests on.
 *
 * @param port     where it listens
 * @param protocol what the back end speaks
 * @param address  where the back end listens
 * @param kept     whether connections to the back end are kept
 */
record FrontConfiguration(int port, Protocol protocol, SocketAddress address, boolean kept) {
    /** {@return the command, to be run where the file is} */
    static List<String> command(Front front, String file) {
        return switch (front) {
            case NGINX -> List.of("nginx", "-p", ".", "-c", file);
            // It ends its whole process group.
            case HTTPD -> List.of("setsid", "--wait", "apache2", "-DFOREGROUND", "-f", file);
            case HAPROXY -> List.of("haproxy", "-db", "-f", file);
            case LIGHTTPD -> List.of("lighttpd", "-D", "-f", file);
        };
    }

    /**
     * {@return the text of the file}
     *
     * @throws IOException if the web server does not speak the protocol
     */
    String text(Front front, Path directory) throws IOException {
        String pass =
                switch (front) {
                    case NGINX -> nginx();
                    case HTTPD -> httpd();
                    case HAPROXY -> haproxy();
                    case LIGHTTPD -> lighttpd();
                };
        if (pass == null) {
            throw new IOException(front + " does not speak " + protocol);
        }
        return template(front)
                .replace("PASS", pass)
                .replace("DIRECTORY", directory.toString())
                .replace("PORT", Integer.toString(port));
    }

    private static String template(Front front) {
        return switch (front) {
            case NGINX ->
                """
                daemon off;
                worker_processes 1;
                pid nginx.pid;
                error_log nginx.errors;
                events { worker_connections 4096; }
                http {
                  access_log off;
                  keepalive_requests 1000000000;
                  client_max_body_size 0;
                  client_body_temp_path body;
                  fastcgi_temp_path fastcgi;
                  proxy_temp_path proxy;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                  PASS
                }
                """;
            case HTTPD ->
                """
                ServerRoot /usr/lib/apache2
                ServerName shop.example
                Listen 127.0.0.1:PORT
                PidFile DIRECTORY/httpd.pid
                DefaultRuntimeDir DIRECTORY
                ErrorLog DIRECTORY/httpd.errors
                User www-data
                Group www-data
                LoadModule mpm_event_module modules/mod_mpm_event.so
                LoadModule authz_core_module modules/mod_authz_core.so
                LoadModule proxy_module modules/mod_proxy.so
                ServerLimit 1
                StartServers 1
                ThreadLimit 128
                ThreadsPerChild 128
                MaxRequestWorkers 128
                MaxKeepAliveRequests 0
                PASS
                """;
            case HAPROXY ->
                """
                global
                  nbthread 1
                defaults
                  mode http
                  timeout connect 5s
                  timeout client 60s
                  timeout server 60s
                frontend client
                  bind 127.0.0.1:PORT
                  default_backend servlets
                PASS
                """;
            case LIGHTTPD ->
                """
                server.document-root = "DIRECTORY"
                server.bind = "127.0.0.1"
                server.port = PORT
                server.errorlog = "DIRECTORY/lighttpd.errors"
                server.upload-dirs = ( "DIRECTORY" )
                server.max-keep-alive-requests = 65535
                PASS
                """;
        };
    }

    private String nginx() {
        String upstream = "upstream servlets { server " + address("unix:") + ";"
                + (kept ? " keepalive 64; keepalive_requests 1000000000; }" : " }");
        String pass =
                switch (protocol) {
                    case FASTCGI ->
                        "include /etc/nginx/fastcgi_params; fastcgi_param SCRIPT_FILENAME DIRECTORY/../index.php;"
                                + " fastcgi_pass servlets; fastcgi_keep_conn " + (kept ? "on;" : "off;");
                    case HTTP ->
                        "proxy_pass http://servlets; proxy_http_version 1.1; proxy_set_header Host $http_host;"
                                + " proxy_set_header Connection " + (kept ? "\"\";" : "close;");
                    case AJP -> null;
                };
        return pass == null ? null : upstream + "\nserver { listen 127.0.0.1:PORT; location / { " + pass + " } }";
    }

    private String httpd() {
        String name = protocol == Protocol.FASTCGI ? "fcgi" : protocol.name().toLowerCase(Locale.ROOT);
        String url = unix() ? address("unix:") + "|" + name + "://localhost/" : name + "://" + address("") + "/";
        return "LoadModule proxy_" + name + "_module modules/mod_proxy_" + name + ".so\n" + "ProxyPass / \"" + url
                + "\" enablereuse=" + (kept ? "on" : "off");
    }

    private String haproxy() {
        String server = "server one " + address("unix@");
        String reuse = "  http-reuse " + (kept ? "always\n" : "never\n");
        return switch (protocol) {
            case FASTCGI ->
                "backend servlets\n" + reuse + "  use-fcgi-app app\n  " + server
                        + " proto fcgi\nfcgi-app app\n  docroot DIRECTORY\n  path-info ^()(/.*)$\n"
                        + (kept ? "" : "  no option keep-conn\n");
            case HTTP -> "backend servlets\n" + reuse + "  " + server + "\n";
            case AJP -> null;
        };
    }

    /** It keeps connections for HTTP only. */
    private String lighttpd() {
        String host = address instanceof InetSocketAddress tcp
                ? "\"host\" => \"127.0.0.1\", \"port\" => " + tcp.getPort()
                : "\"socket\" => \"" + address + "\"";
        return switch (protocol) {
            case FASTCGI ->
                "server.modules += ( \"mod_fastcgi\" )\n"
                        + "fastcgi.server = ( \"/\" => (( " + host
                        + ", \"check-local\" => \"disable\", \"fix-root-scriptname\" => \"enable\" )) )";
            case HTTP ->
                "server.modules += ( \"mod_proxy\" )\nproxy.server = ( \"\" => (( "
                        + host.replace("\"socket\"", "\"host\"") + " )) )";
            case AJP -> null;
        };
    }

    private boolean unix() {
        return address instanceof UnixDomainSocketAddress;
    }

    private String address(String unixPrefix) {
        return address instanceof InetSocketAddress tcp ? "127.0.0.1:" + tcp.getPort() : unixPrefix + address;
    }
}
