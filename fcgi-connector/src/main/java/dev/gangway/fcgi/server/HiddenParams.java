package dev.gangway.fcgi.server;

import dev.gangway.fcgi.cgi.AuthorizerRequest;
import dev.gangway.fcgi.record.Params;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Set;

/**
 * What of the PARAMS is not for applications: the secret, whatever it is called, and a password for which there is the
 * header Authorization. Immutable.
 */
final class HiddenParams {
    /** Says that the web server knows the secret of the connector. */
    static final String SECRET = "GANGWAY_SECRET";

    private static final Set<String> NAMES = Set.of(SECRET, AuthorizerRequest.PASSWORD);
    /** Apache httpd puts it in front of all names when it redirects a request within itself, each time. */
    private static final String REDIRECTED = "REDIRECT_";

    private final byte[] secret;

    /** @param secret null if none is required; not to be changed any more */
    HiddenParams(byte[] secret) {
        this.secret = secret;
    }

    boolean isHidden(Params params, int pair) {
        String name = params.name(pair);
        int from = 0;
        while (name.startsWith(REDIRECTED, from)) {
            from += REDIRECTED.length();
        }
        return NAMES.contains(name.substring(from)) || isSecret(params, pair);
    }

    private boolean isSecret(Params params, int pair) {
        if (secret == null || params.valueLength(pair) != secret.length) {
            return false;
        }
        int from = params.valueAt(pair);
        return MessageDigest.isEqual(secret, Arrays.copyOfRange(params.block(), from, from + secret.length));
    }
}
