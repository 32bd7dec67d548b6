package dev.gangway.fcgi.cgi;

import dev.gangway.api.FcgiRequest.Param;
import dev.gangway.fcgi.config.Secret;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The PARAMS of a request as an operator may see them: what may be a credential is masked, by its name. */
public final class MaskedParams {
    /** Stands for a value. */
    public static final String MASK = "(masked)";

    /** How many characters of a value are shown: also so that nobody can make the search expensive. */
    private static final int MAX_VALUE = 1000;

    private static final String WORDS =
            "authori[sz]ation|cookie|passw|pwd|secret|token|api[-_]?key|credential|signature";

    private static final Pattern NAME = Pattern.compile(WORDS, Pattern.CASE_INSENSITIVE);

    /** In a query, and in whatever contains one. */
    private static final Pattern PARAMETER =
            Pattern.compile("([?&;]|^)([^?&;=\\s]*(?:" + WORDS + ")[^?&;=\\s]*=)[^&;\\s]+", Pattern.CASE_INSENSITIVE);

    private MaskedParams() {}

    /**
     * {@return all pairs, in order; a long value is cut}
     *
     * @param secret  is masked whatever the parameter is called that holds it
     * @param charset of the values
     */
    public static List<Param> of(RequestParams params, Secret secret, Charset charset) {
        List<Param> all = new ArrayList<>(params.size());
        for (int pair = 0; pair < params.size(); pair++) {
            String name = params.name(pair);
            boolean masked = HiddenParams.isHidden(params, pair, secret)
                    || NAME.matcher(name).find();
            all.add(new Param(name, masked ? MASK : withoutCredentials(params.value(pair, charset))));
        }
        return List.copyOf(all);
    }

    private static String withoutCredentials(String value) {
        String shown = value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) + "..." : value;
        return PARAMETER.matcher(shown).replaceAll("$1$2" + MASK);
    }
}
