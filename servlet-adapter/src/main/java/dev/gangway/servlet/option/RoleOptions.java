package dev.gangway.servlet.option;

import dev.gangway.api.Role;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.servlet.login.Authorizer;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** The FastCGI roles besides Responder: Authorizer and Filter. */
public final class RoleOptions {
    private static final String ORIGINAL = "original";
    private static final String CONTAINER = "container";

    @Option(
            names = "--authorizer",
            paramLabel = "/PATH|original|container",
            description = "Let the web server ask whether it may serve a request. The answer comes from the servlet"
                    + " at /PATH (context path included), from the servlet at the request's own path"
                    + " (original), or from the security constraints and the login of the application at that"
                    + " path (container). A servlet grants access by setting status 200, or by sending content"
                    + " with that status (default: every question is denied).")
    private String authorizer;

    @Option(
            names = "--filter",
            description = "Let applications turn files that the web server sends into responses (the role Filter).")
    private boolean filter;

    /**
     * Enables these roles in a configuration.
     *
     * @throws IllegalArgumentException if a value is invalid
     */
    public void apply(FcgiConfiguration configuration) {
        Set<Role> roles = EnumSet.of(Role.RESPONDER);
        if (filter) {
            roles.add(Role.FILTER);
        }
        if (authorizer != null) {
            roles.add(Role.AUTHORIZER);
            configuration.setExplicitGrant(authorizer() == Authorizer.CONTAINER);
            configuration.setAuthorizerPath(path());
        }
        configuration.setRoles(roles);
    }

    private String path() {
        if (authorizer() == Authorizer.CONTAINER || authorizer.equals(ORIGINAL)) {
            return null;
        }
        if (!authorizer.startsWith("/")) {
            throw new IllegalArgumentException(
                    "authorizer is '" + authorizer + "', want a path, '" + ORIGINAL + "' or '" + CONTAINER + "'");
        }
        return authorizer;
    }

    /** {@return who answers questions to the Authorizer} */
    public Authorizer authorizer() {
        if (authorizer == null) {
            return Authorizer.NOBODY;
        }
        return authorizer.equals(CONTAINER) ? Authorizer.CONTAINER : Authorizer.SERVLET;
    }
}
