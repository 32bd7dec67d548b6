package dev.gangway.conformance.difference;

import static dev.gangway.conformance.difference.Behind.NGINX;
import static dev.gangway.conformance.difference.Proof.paramIs;
import static dev.gangway.conformance.difference.Scope.in;

import java.util.List;

/** What is accepted to be different, by name. One that does not occur is a mistake, too. */
enum Difference {
    HOST_WITHOUT_PORT(
            Cause.WEB_SERVER,
            "the parameter file of Debian passes the header `Host` on without its port",
            in(NGINX)
                    .at("headers/.*", "saw header host")
                    .is("[" + Request.HOST + "]")
                    .since(paramIs("HTTP_HOST", Request.HOST)));

    enum Cause {
        WEB_SERVER("web server"),
        PROTOCOL("protocol");

        private final String title;

        Cause(String title) {
            this.title = title;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    private final Cause cause;
    private final String reason;
    private final List<Scope> scopes;

    Difference(Cause cause, String reason, Scope... scopes) {
        this.cause = cause;
        this.reason = reason;
        this.scopes = List.of(scopes);
    }

    Cause cause() {
        return cause;
    }

    String reason() {
        return reason;
    }

    List<Scope> scopes() {
        return scopes;
    }
}
