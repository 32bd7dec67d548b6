package dev.gangway.fcgi.cgi;

import dev.gangway.fcgi.config.Secret;
import java.util.Set;

/**
 * The PARAMS that applications do not see: the secret, whatever it is called, and the password that is in the header
 * Authorization.
 */
public final class HiddenParams {
    private static final Set<String> NAMES = Set.of(Secret.NAME, AuthorizerRequest.PASSWORD);
    /** Apache httpd puts it in front of all names each time it redirects a request within itself. */
    private static final String REDIRECTED = "REDIRECT_";

    private HiddenParams() {}

    /**
     * {@return whether a pair is hidden}
     *
     * @param secret whatever the parameter is called that holds it
     */
    public static boolean isHidden(RequestParams params, int pair, Secret secret) {
        String name = params.name(pair);
        int from = 0;
        while (name.startsWith(REDIRECTED, from)) {
            from += REDIRECTED.length();
        }
        return NAMES.contains(name.substring(from)) || (secret.isRequired() && isSecret(params.get(pair), secret));
    }

    private static boolean isSecret(RequestParam pair, Secret secret) {
        byte[] value = pair.bytes();
        return secret.is(value, 0, value.length);
    }
}
