package dev.gangway.fcgi.cgi;

import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.config.PathSource;
import dev.gangway.fcgi.config.PortSource;
import dev.gangway.fcgi.config.TrustedProxies;
import dev.gangway.fcgi.record.Params;
import dev.gangway.fcgi.record.ParamsLimits;
import dev.gangway.fcgi.record.RequestError;

/** What a web server sent. */
final class Given {
    private static final ParamsLimits LIMITS = new ParamsLimits(1 << 20, 1000, 1024, 64 * 1024);
    private static final TargetRules RULES = new TargetRules(PathSource.REQUEST_URI, "", 8192);

    private Given() {}

    static RequestParams params(Pairs pairs) {
        return RequestParams.of(decoded(pairs));
    }

    static Params decoded(Pairs pairs) {
        byte[] block = pairs.encode();
        try {
            return Params.decode(block, block.length, LIMITS);
        } catch (RequestError e) {
            throw new AssertionError(e);
        }
    }

    /** {@return the variables with these names, found without the table of names} */
    static CgiVariables variables(Pairs pairs) {
        RequestParams params = params(pairs);
        CgiVariables variables = new CgiVariables();
        for (CgiVariable variable : CgiVariable.values()) {
            int pair = params.last(variable.name());
            if (pair >= 0) {
                variables.set(variable, params.get(pair));
            }
        }
        return variables;
    }

    static RequestReader reader(Pairs pairs) {
        return reader(params(pairs));
    }

    static RequestReader reader(RequestParams params) {
        return new RequestReader(params, RULES, PortSource.HOST_OR_SERVER, false, TrustedProxies.NONE);
    }

    static CgiRequest request(Pairs pairs) {
        return reader(pairs).read();
    }
}
