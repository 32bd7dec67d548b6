package dev.gangway.conformance.difference;

import static dev.gangway.conformance.difference.Behind.CADDY;
import static dev.gangway.conformance.difference.Behind.FCGID;
import static dev.gangway.conformance.difference.Behind.H2O;
import static dev.gangway.conformance.difference.Behind.HAPROXY;
import static dev.gangway.conformance.difference.Behind.LIGHTTPD;
import static dev.gangway.conformance.difference.Behind.NGINX;
import static dev.gangway.conformance.difference.Behind.NOBODY;
import static dev.gangway.conformance.difference.Behind.PROXY_FCGI;
import static dev.gangway.conformance.difference.Cause.PROTOCOL;
import static dev.gangway.conformance.difference.Cause.WEB_SERVER;
import static dev.gangway.conformance.difference.Proof.askedAgain;
import static dev.gangway.conformance.difference.Proof.changedAfterwards;
import static dev.gangway.conformance.difference.Proof.givenUp;
import static dev.gangway.conformance.difference.Proof.notAsked;
import static dev.gangway.conformance.difference.Proof.param;
import static dev.gangway.conformance.difference.Proof.paramIs;
import static dev.gangway.conformance.difference.Proof.proxiedAlike;
import static dev.gangway.conformance.difference.Proof.rawAlike;
import static dev.gangway.conformance.difference.Proof.withoutParam;
import static dev.gangway.conformance.difference.Scope.everywhere;
import static dev.gangway.conformance.difference.Scope.in;

import java.util.List;

/**
 * What is accepted to be different, by name: the reason is told as of a web server or of FastCGI. One that does not
 * occur is a mistake, too.
 */
enum Difference {
    HEADER_NAMES_RESPELLED(
            PROTOCOL,
            "writes the names of request headers in capitals, and `_` for `-`: `x-other` arrives as `X-Other`",
            everywhere()
                    .at("headers/names", "saw names")
                    .shaped((direct, actual) -> direct.contains("x-other")
                            && actual.replaceAll("X-Forwarded-\\w+, ", "").equals("[X-Other, X-Some-Name]"))
                    .since((evidence, step, facet) ->
                            evidence.raw().get(step).facet(facet).equals("[X-Other, X-Some-Name]")),
            in(NOBODY, LIGHTTPD, CADDY, H2O)
                    .at("headers/underscore", "saw header x_under_score")
                    .missing()
                    .since(rawAlike()),
            in(NOBODY, LIGHTTPD, CADDY, H2O)
                    .at("headers/underscore", "saw header x-under-score")
                    .added("[1]")
                    .since(rawAlike())),
    REQUEST_TRAILERS_LOST(
            PROTOCOL,
            "has no place for the trailers of a request",
            everywhere().at("body/trailers", "saw trailers").is("{}").since(rawAlike())),
    RESPONSE_TRAILERS_LOST(
            PROTOCOL,
            "has no place for the trailers of a response",
            everywhere()
                    .at("response/trailers", "header content-length")
                    .added(Answer.LENGTH)
                    .since(rawAlike())),
    STATUS_HEADER_LOST(
            PROTOCOL,
            "takes a response header `Status` for the status of the response",
            everywhere()
                    .at("response/header named Status", "header status")
                    .missing()
                    .since(rawAlike())),
    SERVER_PORT_TOLD(
            PROTOCOL,
            "tells the port of the web server, which counts where the header `Host` has none",
            in(NOBODY, NGINX, LIGHTTPD, HAPROXY, H2O)
                    .at("host/without port", "saw (serverPort|requestURL)")
                    .shaped((direct, actual) -> actual.contains("<port>"))
                    .since(rawAlike())),
    LENGTH_OF_304_LOST(
            PROTOCOL,
            "has no `Content-Length` of a 304: web servers take it for the length of a body, or repeat it",
            in(NOBODY, NGINX, LIGHTTPD, PROXY_FCGI, FCGID, CADDY, H2O)
                    .at("status/304|static/if modified|response/304 with length", "header content-length")
                    .missing()
                    .since(rawAlike()),
            in(HAPROXY)
                    .at("status/304|static/if modified|response/304 with length", "header content-length")
                    .missing()
                    .since(rawAlike())
                    .sometimes()),

    HOST_WITHOUT_PORT(
            WEB_SERVER,
            "passes the header `Host` on without its port, by Debian's parameter file, so that its own port counts",
            in(NGINX)
                    .at("host/(other|ipv6)", "saw (serverPort|requestURL)")
                    .shaped((direct, actual) -> actual.contains("<port>"))
                    .since(param("HTTP_HOST", values -> !values.get(0).endsWith(":8443")))),
    PORT_OF_HOST(
            WEB_SERVER,
            "takes the port of the header `Host`, or else 80, for its own",
            in(PROXY_FCGI, FCGID, CADDY)
                    .at("host/.*", "saw localPort")
                    .shaped((direct, actual) -> actual.matches("80|8443"))
                    .since(param("SERVER_PORT", values -> values.get(0).matches("80|8443")))),
    OTHER_NAME_WITHOUT_HOST(
            WEB_SERVER,
            "has a name of its own in a request without `Host`, or none",
            in(PROXY_FCGI, FCGID, CADDY, H2O)
                    .at("host/none by HTTP 1.0", "saw (serverName|serverPort|requestURL)")
                    .anyhow()
                    .since(param("SERVER_NAME", values -> !values.contains("127.0.0.1")))),
    REFUSED(
            WEB_SERVER,
            "answers requests with such a path, query or method itself",
            in(NGINX)
                    .at("odd uri/(above the root|encoded nul|bad escape)|method/TRACE", ".*")
                    .anyhow()
                    .since(notAsked()),
            in(LIGHTTPD)
                    .at("odd uri/(encoded nul|overlong utf-8)|method/unknown", ".*")
                    .anyhow()
                    .since(notAsked()),
            in(LIGHTTPD).at("uri/raw latin-1 in a parameter", ".*").anyhow().since(notAsked()),
            in(HAPROXY).at("uri/raw .*", ".*").anyhow().since(notAsked()),
            in(PROXY_FCGI, FCGID)
                    .at("odd uri/(above the root|encoded slash|encoded nul|bad escape)", ".*")
                    .anyhow()
                    .since(notAsked()),
            in(FCGID).at("method/TRACE", ".*").anyhow().since(notAsked()),
            in(HAPROXY).at("odd uri/bad escape", ".*").anyhow().since(notAsked()),
            in(CADDY).at("odd uri/(encoded nul|bad escape)", ".*").anyhow().since(notAsked())),
    UNFINISHED_REFUSED(
            WEB_SERVER,
            "does not pass on a body that ends before the length that was announced, and answers it itself or not at all",
            in(NGINX, LIGHTTPD, FCGID, H2O).at(".*/unfinished.*", ".*").anyhow().since(notAsked()),
            in(PROXY_FCGI, HAPROXY, CADDY).at(".*/unfinished.*", ".*").anyhow().since(givenUp())),
    NUL_DECODED(
            WEB_SERVER,
            "decodes `%00` for a parameter, after which nothing in the parameters can be believed, and so the 400 has no"
                    + " page",
            in(HAPROXY)
                    .at("odd uri/encoded nul", "body|header .*")
                    .anyhow()
                    .since(param("SCRIPT_NAME", values -> values.get(0).indexOf('\0') > 0)),
            in(H2O).at("odd uri/encoded nul", "body|header .*")
                    .anyhow()
                    .since(param("PATH_INFO", values -> values.get(0).indexOf('\0') > 0))),
    UNDERSCORE_DROPPED(
            WEB_SERVER,
            "drops request headers with an underscore in the name",
            in(NGINX, PROXY_FCGI, FCGID, HAPROXY)
                    .at("headers/underscore", "saw header x_under_score")
                    .missing()
                    .since(withoutParam("HTTP_X_UNDER_SCORE"))),
    DOT_DROPPED(
            WEB_SERVER,
            "drops request headers with a dot in the name",
            in(NGINX, PROXY_FCGI, FCGID, HAPROXY)
                    .at("headers/dot", "saw header x.dotted")
                    .missing()
                    .since(withoutParam("HTTP_X.DOTTED"))),
    DOT_BECOMES_HYPHEN(
            WEB_SERVER,
            "writes `_` for a dot in the name of a request header",
            in(LIGHTTPD).at("headers/dot", "saw header x.dotted").missing().since(paramIs("HTTP_X_DOTTED", "1")),
            in(LIGHTTPD).at("headers/dot", "saw header x-dotted").added("[1]").since(paramIs("HTTP_X_DOTTED", "1"))),
    REQUEST_HEADERS_JOINED(
            WEB_SERVER,
            "makes one of several request headers of the same name",
            in(LIGHTTPD, PROXY_FCGI, FCGID, CADDY)
                    .at("headers/repeated", "saw first")
                    .is("1, 2")
                    .since(paramIs("HTTP_X_FIRST", "1, 2")),
            in(LIGHTTPD)
                    .at("cookies/two headers", "saw header cookie")
                    .is("[a=1; b=2]")
                    .since(paramIs("HTTP_COOKIE", "a=1; b=2")),
            in(H2O).at("cookies/two headers", "saw header cookie")
                    .is("[a=1;b=2]")
                    .since(paramIs("HTTP_COOKIE", "a=1;b=2")),
            in(PROXY_FCGI, FCGID, CADDY)
                    .at("cookies/two headers", "saw header cookie")
                    .is("[a=1; b=2]")
                    .since(paramIs("HTTP_COOKIE", "a=1, b=2"))),
    COOKIES_JOINED_BY_COMMA(
            WEB_SERVER,
            "joins two headers `Cookie` by a comma and a blank, so that these two within the value of a cookie, before a"
                    + " name and `=`, are taken for such a joint, but over HTTP/2",
            in(PROXY_FCGI, FCGID, CADDY)
                    .at("cookies/comma and blank", "saw (cookies|header cookie)")
                    .shaped((direct, actual) -> actual.contains("other"))
                    .since(paramIs("HTTP_COOKIE", "q=x, other=abc; b=2"))),
    EMPTY_HEADER_DROPPED(
            WEB_SERVER,
            "drops headers without a value",
            in(LIGHTTPD).at("headers/empty", "saw header x-first").missing().since(withoutParam("HTTP_X_FIRST")),
            in(LIGHTTPD).at("headers/empty", "saw first").is("null").since(withoutParam("HTTP_X_FIRST")),
            in(LIGHTTPD).at("response/headers", "header x-empty").missing().since(changedAfterwards())),
    HEADERS_ADDED(
            WEB_SERVER,
            "adds `X-Forwarded-For`, `-Host` and `-Proto`, and an empty `User-Agent` if there is none",
            in(CADDY)
                    .at("(headers|cookies)/.*", "saw header x-forwarded-(for|host|proto)")
                    .shaped((direct, actual) -> direct == null)
                    .since(proxiedAlike()),
            in(CADDY)
                    .at("(headers|cookies)/.*", "saw header user-agent")
                    .added("[]")
                    .since(paramIs("HTTP_USER_AGENT", ""))),
    CHUNKED_LENGTH_KNOWN(
            WEB_SERVER,
            "collects a chunked body, or a small one, and then knows its length",
            in(NGINX, LIGHTTPD, PROXY_FCGI, FCGID, HAPROXY, H2O)
                    .at("body/(chunked|trailers)", "saw contentLength")
                    .is("9")
                    .since(paramIs("CONTENT_LENGTH", "9"))),

    ACCEPT_RANGES_ADDED(
            WEB_SERVER,
            "adds `Accept-Ranges: bytes`",
            in(LIGHTTPD).at(".*", "header accept-ranges").added("bytes").since(changedAfterwards())),
    RANGES_OF_EVERYTHING(
            WEB_SERVER,
            "serves ranges of any response",
            in(LIGHTTPD).at("range/of a servlet", "status").is("206").since(changedAfterwards()),
            in(LIGHTTPD)
                    .at("range/of a servlet", "header content-range")
                    .added("bytes 0-1/5")
                    .since(changedAfterwards()),
            in(LIGHTTPD).at("range/of a servlet", "body").is("12").since(changedAfterwards())),
    NO_BODY_OF_205(
            WEB_SERVER,
            "drops the body of a 205",
            in(LIGHTTPD).at("status/205", "body").is("").since(changedAfterwards())),
    CONTENT_HEADERS_DROPPED(
            WEB_SERVER,
            "drops `Content-Type` of a 204 or 304",
            in(PROXY_FCGI, FCGID)
                    .at("status/204", "header content-type")
                    .missing()
                    .since(changedAfterwards()),
            in(PROXY_FCGI, FCGID, CADDY)
                    .at("status/304", "header content-type")
                    .missing()
                    .since(changedAfterwards())),
    EMPTY_HEAD_WITHOUT_LENGTH(
            WEB_SERVER,
            "drops `Content-Length: 0` of an answer to HEAD",
            in(PROXY_FCGI, FCGID)
                    .at("head/empty", "header content-length")
                    .missing()
                    .since(changedAfterwards())),
    LENGTH_ADDED(
            WEB_SERVER,
            "adds `Content-Length` if it has the whole response in time",
            in(LIGHTTPD, HAPROXY, CADDY)
                    .at(".*", "header content-length")
                    .added(Answer.LENGTH)
                    .since(changedAfterwards())
                    .sometimes(),
            in(HAPROXY)
                    .at("status/304|static/if modified|response/304 with length", "header content-length")
                    .is(Answer.LENGTH)
                    .since(changedAfterwards())
                    .sometimes()),
    RESPONSE_HEADERS_JOINED(
            WEB_SERVER,
            "makes one of several response headers of the same name, but for `Set-Cookie`",
            in(PROXY_FCGI, FCGID)
                    .at("response/headers|filter/two in order", "header x-(int|twice|after|trace)")
                    .shaped((direct, actual) -> direct.replace(" | ", ", ").equals(actual))
                    .since(changedAfterwards())),
    CONTENT_TYPE_GUESSED(
            WEB_SERVER,
            "guesses the `Content-Type` of a response that has none",
            in(CADDY)
                    .at(".*", "header content-type")
                    .added("text/plain; charset=utf-8")
                    .since(changedAfterwards())),
    ALTERNATIVE_ADDED(
            WEB_SERVER,
            "offers HTTP/3 by the header `Alt-Svc`, over TLS",
            in(CADDY)
                    .at("(tls|certificate)/.*", "header alt-svc")
                    .shaped((direct, actual) -> direct == null)
                    .since(changedAfterwards())),
    INTERNAL_REDIRECT(
            WEB_SERVER,
            "answers a 200 with a local `Location` itself, by a request of its own for that path",
            in(FCGID).at("redirect/200 with Location", ".*").anyhow().since(askedAgain()));

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

    /** What the cause of it does. */
    String reason() {
        return reason;
    }

    /** Whether most responses show it; how many may depend on how fast the bytes come. */
    boolean isWide() {
        return scopes.stream().allMatch(Scope::isWide);
    }

    /** Whether each run shows it. */
    boolean isCertain() {
        return scopes.stream().allMatch(Scope::certain);
    }

    List<Scope> scopes() {
        return scopes;
    }
}
