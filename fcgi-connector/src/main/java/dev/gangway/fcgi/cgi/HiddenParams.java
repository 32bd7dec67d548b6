package dev.gangway.fcgi.cgi;

import dev.gangway.fcgi.config.Secret;
import dev.gangway.fcgi.record.Params;
import java.util.Set;

/**
 * What of the PARAMS is not for applications: the secret, whatever it is called, and a password for which there is the
 * header Authorization. Immutable.
 */
public final class HiddenParams {
    private static final Set<String> NAMES = Set.of(Secret.NAME, AuthorizerRequest.PASSWORD);
    /** Apache httpd puts it in front of all names when it redirects a request within itself, each time. */
    private static final String REDIRECTED = "REDIRECT_";

    private final Secret secret;

    /** @param secret whatever the parameter is called that holds it */
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
