package dev.gangway.conformance.difference;

import static dev.gangway.conformance.difference.Request.get;
import static dev.gangway.conformance.difference.Request.of;

import java.util.List;
import java.util.stream.Stream;

/** Status, headers, buffering, flush, reset, encodings of responses, and redirects. */
final class Responses {
    private Responses() {}

    static List<Exchange> exchanges() {
        return Stream.of(statuses(), responses(), redirects())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Exchange> statuses() {
        return Stream.of(
                        200, 201, 202, 203, 204, 205, 206, 299, 304, 400, 401, 403, 404, 410, 418, 429, 451, 500, 502,
                        503, 599)
                .map(code -> Exchange.of("status/" + code, get("/response/status?code=" + code)))
                .toList();
    }

    private static List<Exchange> responses() {
        return List.of(
                Exchange.of("response/headers", get("/response/headers")),
                Exchange.of("response/large header", get("/response/large-header?bytes=3000")),
                Exchange.of("response/header above 16 KiB", get("/response/large-header?bytes=17000")),
                Exchange.of("response/304 with length", get("/response/bodyless?code=304")),
                Exchange.of("response/204 with length", get("/response/bodyless?code=204")),
                Exchange.of("response/header named Status", get("/response/status-header")),
                Exchange.of("response/cookies", get("/response/cookies")),
                Exchange.of("response/buffer", get("/response/buffer")),
                Exchange.of("response/flush", get("/response/flush")),
                Exchange.of("response/reset", get("/response/reset")),
                Exchange.of("response/reset of the buffer", get("/response/reset-buffer")),
                Exchange.of("response/larger than the buffer", get("/response/committed")),
                Exchange.of("response/large with length", get("/response/overflow")),
                Exchange.of("response/length", get("/response/length")),
                Exchange.of("response/utf-8", get("/response/encoding?charset=utf-8")),
                Exchange.of("response/latin-1", get("/response/encoding?charset=iso-8859-1")),
                Exchange.of("response/utf-16", get("/response/encoding?charset=utf-16")),
                Exchange.of("response/locale", get("/response/locale")),
                Exchange.of("response/page without charset", get("/response/page")),
                Exchange.of("response/page by locale", get("/response/page-by-locale")),
                Exchange.of("response/trailers", get("/response/trailers")),
                Exchange.of("response/closed", get("/response/close")),
                Exchange.of("response/charset too late", get("/response/late")),
                Exchange.of("response/empty", get("/response/empty")),
                Exchange.of("head/length", of("HEAD", "/response/length")),
                Exchange.of("head/large", of("HEAD", "/response/overflow")),
                Exchange.of("head/flushed", of("HEAD", "/response/flush")),
                Exchange.of("head/headers", of("HEAD", "/response/reset")),
                Exchange.of("head/empty", of("HEAD", "/response/empty")),
                Exchange.of("head/404", of("HEAD", "/response/status?code=404")),
                Exchange.of("head/static", of("HEAD", "/static/file.txt")),
                Exchange.of("http1.0/request line", get("/request/old").http10()),
                Exchange.of("http1.0/length", get("/response/length").http10()),
                Exchange.of("http1.0/without length", get("/response/committed").http10()));
    }

    private static List<Exchange> redirects() {
        return List.of(
                Exchange.of("redirect/relative to the path", get("/redirect/here?to=there")),
                Exchange.of("redirect/relative upwards", get("/redirect/a/b?to=../c")),
                Exchange.of("redirect/from the root", get("/redirect/here?to=/there?x=1%26y=2")),
                Exchange.of("redirect/absolute", get("/redirect/here?to=http://elsewhere.example/x")),
                Exchange.of("redirect/scheme-relative", get("/redirect/here?to=//elsewhere.example/x")),
                Exchange.of("redirect/query only", get("/redirect/here?to=%3Fx=1")),
                Exchange.of("redirect/with session", get("/redirect/here?to=there&session")),
                Exchange.of("redirect/own 301", get("/redirect/here?to=/there&status=301")),
                Exchange.of("redirect/own 303", get("/redirect/here?to=/there&status=303")),
                Exchange.of("redirect/own 307", get("/redirect/here?to=/there&status=307")),
                Exchange.of("redirect/own 308", get("/redirect/here?to=/there&status=308")),
                Exchange.of("redirect/200 with Location", get("/redirect/here?to=/there&status=200")),
                Exchange.of("redirect/201 with Location", get("/redirect/here?to=/there&status=201")),
                Exchange.of("redirect/of POST", Request.form("/redirect/here?to=there", "a=1")),
                Exchange.of("redirect/followed", client -> {
                    client.send(get("/redirect/here?to=../request/arrived?x=1"));
                    client.follow();
                }));
    }
}
