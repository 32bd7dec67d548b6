package dev.gangway.fcgi.cgi;

import dev.gangway.fcgi.config.Secret;
import dev.gangway.fcgi.record.Params;
import java.util.Set;

/**
 * The PARAMS that applications do not see: the secret, whatever it is called, and the password that is in the header
 * Authorization. Immutable.
 */
public final class HiddenParams {
    private static final Set<String> NAMES = Set.of(Secret.NAME, AuthorizerRequest.PASSWORD);
    /** Apache httpd puts it in front of all names each time it redirects a request within itself. */
    private static final String REDIRECTED = "REDIRECT_";

    private final Secret secret;

    /** @param secret is hidden under any name */
    public HiddenParams(Secret secret) {
        this.secret = secret;
    }

    public boolean isHidden(Params params, int pair) {
        String name = params.name(pair);
        int from = 0;
        while (name.startsWith(REDIRECTED, from)) {
            from += REDIRECTED.length();
        }
        return NAMES.contains(name.substring(from))
                || secret.is(params.block(), params.valueAt(pair), params.valueLength(pair));
    }
}
