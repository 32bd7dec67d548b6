package dev.gangway.servlet.login;

import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A user whom the web server has authenticated.
 *
 * @param name not empty
 * @param type how it was authenticated, for example {@code Basic}; {@link #UNKNOWN_TYPE} if the web server does not say
 * @param roles the roles that the web server names
 */
public record WebServerUser(String name, String type, Set<String> roles) {
    /** The type of {@code HttpServletRequest.CLIENT_CERT_AUTH}. */
    public static final String CLIENT_CERT = "CLIENT_CERT";

    /** For a user whose type is not known: {@code getAuthType()} must not be null for an authenticated user. */
    public static final String UNKNOWN_TYPE = "REMOTE_USER";

    private static final Pattern SEPARATOR = Pattern.compile("[,;\\s]+");

    /** {@return the user whom a verified certificate names} */
    static WebServerUser of(X509Certificate certificate) {
        return new WebServerUser(certificate.getSubjectX500Principal().toString(), CLIENT_CERT, Set.of());
    }

    static WebServerUser of(String name, String type, String roles) {
        return new WebServerUser(name, type == null || type.isEmpty() ? UNKNOWN_TYPE : type, roles(roles));
    }

    private static Set<String> roles(String text) {
        if (text == null) {
            return Set.of();
        }
        return SEPARATOR.splitAsStream(text).filter(role -> !role.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }
}
