package dev.gangway.conformance.difference;

import static dev.gangway.conformance.difference.Request.get;
import static dev.gangway.conformance.difference.Request.of;
import static dev.gangway.conformance.difference.Request.post;

import java.util.List;
import java.util.stream.Stream;

/** Within the container: dispatches, error pages, filters, listeners, asynchronous requests, pages, static files. */
final class Dispatches {
    private static final String FILE = "/static/file.txt";

    private Dispatches() {}

    static List<Exchange> exchanges() {
        return Stream.of(dispatches(), errors(), filters(), asynchronous(), pages(), files())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Exchange> dispatches() {
        return List.of(
                Exchange.of("dispatch/forward", get("/dispatch/forward?to=/target/x;p=1?b=2%26c=%C3%A4&a=1")),
                Exchange.of("dispatch/forward relative", get("/dispatch/forward?to=../target/up")),
                Exchange.of("dispatch/forward to nowhere", get("/dispatch/forward?to=/nowhere")),
                Exchange.of("dispatch/forward to static file", get("/dispatch/forward?to=/static/data.json")),
                Exchange.of("dispatch/forward to page", get("/dispatch/forward?to=/pages/hello.jsp?name=x")),
                Exchange.of("dispatch/forward to protected", get("/dispatch/forward?to=/user/who")),
                Exchange.of("dispatch/forward when committed", get("/dispatch/committed?to=/target/x")),
                Exchange.of("dispatch/include", get("/dispatch/include?to=/target/x?b=2&a=1")),
                Exchange.of("dispatch/include static file", get("/dispatch/include?to=/static/data.json")),
                Exchange.of("dispatch/include page", get("/dispatch/include?to=/pages/part.jsp?name=x")),
                Exchange.of("dispatch/named", get("/dispatch/named?to=target&a=1")),
                Exchange.of("dispatch/async", get("/dispatch/async?to=/target/x?b=2&a=1")),
                Exchange.of("dispatch/without dispatcher", get("/dispatch/none")));
    }

    private static List<Exchange> errors() {
        return List.of(
                Exchange.of("error/no page", get("/nowhere").with("Accept", "text/html")),
                Exchange.of("error/no page as text", get("/nowhere").with("Accept", "text/plain")),
                Exchange.of("error/no page as json", get("/nowhere").with("Accept", "application/json")),
                Exchange.of("error/runtime exception", get("/fail/runtime")),
                Exchange.of("error/root cause has a page", get("/fail/servlet?q=1")),
                Exchange.of("error/page by type", get("/fail/io")),
                Exchange.of("error/page by code", get("/fail/error?code=418")),
                Exchange.of(
                        "error/page by code after POST",
                        of("POST", "/fail/error?code=418")
                                .with("Content-Type", "text/plain")
                                .body(new byte[] {'x'})),
                Exchange.of("error/code with message", get("/fail/error?code=409")),
                Exchange.of("error/code without message", get("/fail/bare?code=409")),
                Exchange.of("error/unavailable", get("/fail/error?code=503")));
    }

    private static List<Exchange> filters() {
        return List.of(
                Exchange.of("filter/two in order", get("/request/filtered/x")),
                Exchange.of("filter/changes the answer", get("/dispatch/changed")),
                Exchange.of("filter/refuses", get("/request/refused/x")),
                Exchange.of("filter/of forward", get("/dispatch/forward?to=/target/filtered/x")),
                Exchange.of("filter/of include", get("/dispatch/include?to=/target/filtered/x")),
                Exchange.of("listener/request and session", get("/listeners")));
    }

    private static List<Exchange> asynchronous() {
        return List.of(
                Exchange.of("async/complete", get("/async/complete")),
                Exchange.of("async/dispatch", get("/async/dispatch")),
                Exchange.of("async/dispatch elsewhere", get("/async/elsewhere?y=2")),
                Exchange.of("async/timeout", get("/async/timeout")),
                Exchange.of("async/timeout with complete", get("/async/timeout-complete")),
                Exchange.of("async/timeout with dispatch", get("/async/timeout-dispatch")),
                Exchange.of("async/error", get("/async/error")),
                Exchange.of("async/started twice", get("/async/twice")),
                Exchange.of("non-blocking/small", post("/non-blocking?times=1", "text/plain", "hello")),
                Exchange.of(
                        "non-blocking/large", post("/non-blocking?times=20", "text/plain", "0123456789".repeat(3000))),
                Exchange.of("non-blocking/no body", get("/non-blocking?times=3")),
                Exchange.of(
                        "non-blocking/chunked",
                        post("/non-blocking?times=2", "text/plain", "in chunks").framed(Request.Framing.CHUNKED)));
    }

    private static List<Exchange> pages() {
        return List.of(
                Exchange.of("jsp/page", get("/pages/hello.jsp?name=x%3Cy").with("X-First", "1")),
                Exchange.of("jsp/forward", get("/pages/forward.jsp?a=1")),
                Exchange.of("jsp/redirect", client -> {
                    client.send(get("/pages/redirect.jsp"));
                    client.follow();
                }),
                Exchange.of("jsp/missing", get("/pages/missing.jsp")),
                Exchange.of("welcome/html", get("/welcome/")),
                Exchange.of("welcome/without slash", client -> {
                    client.send(get("/welcome?x=1"));
                    client.follow();
                }),
                Exchange.of("welcome/jsp", get("/welcome-jsp/")),
                Exchange.of("welcome/servlet", get("/welcome-servlet/?x=1")),
                Exchange.of("welcome/none", get("/empty/")),
                Exchange.of("welcome/context without slash", client -> {
                    client.sendAsIs(get(client.contextPath() + "?x=1"));
                    client.follow();
                }));
    }

    private static List<Exchange> files() {
        return List.of(
                Exchange.of("static/text", get(FILE)),
                Exchange.of("static/json", get("/static/data.json")),
                Exchange.of("static/image", get("/static/not-really.png")),
                Exchange.of("static/utf-8", get("/static/utf-8.txt")),
                Exchange.of("static/missing", get("/static/missing.txt")),
                Exchange.of("static/protected directory", get("/WEB-INF/web.xml")),
                Exchange.of("static/POST", post(FILE, "text/plain", "x")),
                Exchange.of("static/OPTIONS", of("OPTIONS", FILE)),
                Exchange.of("static/PUT", of("PUT", "/static/new.txt").body(new byte[] {'x'})),
                Exchange.of("static/if modified", client -> {
                    String modified = client.send(get(FILE)).header("Last-Modified");
                    client.send(get(FILE).with("If-Modified-Since", String.valueOf(modified)));
                }),
                Exchange.of(
                        "static/if unmodified", get(FILE).with("If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:37 GMT")),
                Exchange.of("static/if none match", get(FILE).with("If-None-Match", "\"other\"")),
                Exchange.of("static/if none match any", get(FILE).with("If-None-Match", "*")),
                Exchange.of("range/first bytes", get(FILE).with("Range", "bytes=0-9")),
                Exchange.of("range/last bytes", get(FILE).with("Range", "bytes=-9")),
                Exchange.of("range/from", get(FILE).with("Range", "bytes=2000-")),
                Exchange.of("range/several", get(FILE).with("Range", "bytes=0-3,10-13")),
                Exchange.of("range/beyond the end", get(FILE).with("Range", "bytes=100000-")),
                Exchange.of("range/malformed", get(FILE).with("Range", "lines=1-2")),
                Exchange.of(
                        "range/if range", get(FILE).with("Range", "bytes=0-9").with("If-Range", "\"other\"")),
                Exchange.of("range/of a servlet", get("/response/length").with("Range", "bytes=0-1")));
    }
}
