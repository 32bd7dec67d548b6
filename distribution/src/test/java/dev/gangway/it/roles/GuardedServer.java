package dev.gangway.it.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.WebServer;

/** A way in which a web server asks an Authorizer before it serves a file. */
enum GuardedServer {
    LIGHTTPD(WebServer.LIGHTTPD, "authorizer", ""),
    NGINX(WebServer.NGINX, "authorizer", "") {
        @Override
        int shown(int status) {
            return switch (status) {
                case 401, 302 -> 401;
                case 403, 204 -> 403;
                default -> 500;
            };
        }
    },
    /** Asked whether the password is right. */
    AUTHN(WebServer.HTTPD, "authnz", "authn/"),
    /** Asked whether a user may whose password the web server knows. */
    AUTHZ(WebServer.HTTPD, "authnz", "authz/"),
    /** Asked whether the password is right, and then whether the user may. */
    TURNS(WebServer.HTTPD, "authnz", "turns/"),
    /** Asked both in one. */
    AUTHNZ(WebServer.HTTPD, "authnz", "authnz/"),
    /** Asked everything, without a password. */
    CHECK(WebServer.HTTPD, "authnz", "check/");

    private final WebServer server;
    private final String configuration;
    private final String folder;

    GuardedServer(WebServer server, String configuration, String folder) {
        this.server = server;
        this.configuration = configuration;
        this.folder = folder;
    }

    WebServer server() {
        return server;
    }

    String configuration() {
        return configuration;
    }

    /** The folder below the guarded one that is guarded this way. */
    String folder() {
        return folder;
    }

    /** The status that the client gets for one of the application. */
    int shown(int status) {
        if (!wantsPassword()) return status;
        return status >= 500 ? 500 : 401;
    }

    /** With a password for those that want one before they ask. */
    RawRequest get(String target) {
        RawRequest request = RawRequest.get(target);
        return wantsPassword()
                ? request.header("Authorization", AuthorizerClient.basic("joe", "joes-password"))
                : request;
    }

    private boolean wantsPassword() {
        return server == WebServer.HTTPD && this != CHECK;
    }

    void assertDenied(RawResponse response) {
        assertDenied(response.status(), response.text());
    }

    void assertDenied(int status, String text) {
        assertThat(status).as(this + ": " + text).isNotEqualTo(200);
        assertThat(text).as(toString()).doesNotContain(Files.SECRET);
    }
}
