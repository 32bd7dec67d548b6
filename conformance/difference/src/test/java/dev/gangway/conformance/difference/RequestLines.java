package dev.gangway.conformance.difference;

import static dev.gangway.conformance.difference.Request.get;
import static dev.gangway.conformance.difference.Request.of;

import java.util.List;

/** The request line and the URI. */
final class RequestLines {
    private RequestLines() {}

    static List<Exchange> exchanges() {
        return List.of(
                Exchange.of("uri/plain", get("/request/path")),
                Exchange.of("uri/no path info", get("/request")),
                Exchange.of("uri/slash only", get("/request/")),
                Exchange.of("uri/exact mapping", get("/exact")),
                Exchange.of("uri/extension mapping", get("/some/page.see")),
                Exchange.of("uri/query", get("/request/path?a=1&b=2&a=3")),
                Exchange.of("uri/empty query", get("/request/path?")),
                Exchange.of("uri/query with encoded characters", get("/request/path?a=%26%3D%20+%C3%A4&b")),
                Exchange.of("uri/query with delimiters", get("/request/path?a/b;c:d@e,f!g$h'i(j)k*l")),
                Exchange.of("uri/query with question marks", get("/request/path?a=?&b=??")),
                Exchange.of("uri/raw utf-8 in the query", get("/request/path?a=caf\u00c3\u00a9&b")),
                Exchange.of("uri/raw latin-1 in the query", get("/request/path?a=caf\u00e9&b")),
                Exchange.of("uri/raw latin-1 in a parameter", get("/parameters?a=caf\u00e9&b=\u00ff\u00c3")),
                Exchange.of("uri/query with a slash at its end", get("/request/path?to=/a/")),
                Exchange.of("uri/encoded blank and letter", get("/request/a%20b%41")),
                Exchange.of("uri/encoded utf-8", get("/request/%C3%A4%E2%82%AC")),
                Exchange.of("uri/plus", get("/request/a+b")),
                Exchange.of("uri/parameters", get("/request/a;v=1/b;w=2;x")),
                Exchange.of("uri/delimiters", get("/request/a:b@c&d=e+f,g!h$i'(j)*k~l-m_n.o")),
                Exchange.of("uri/lower-case escapes", get("/request/%c3%a4")),
                Exchange.of("uri/unknown servlet", get("/nowhere")),
                Exchange.of("odd uri/double slash", get("/request//a")),
                Exchange.of("odd uri/dot segments", get("/request/a/./b/../c")),
                Exchange.of("odd uri/encoded dots", get("/request/a/%2e%2e/b")),
                Exchange.of("odd uri/above the root", get("/../../../request/a")),
                Exchange.of("odd uri/encoded slash", get("/request/a%2Fb")),
                Exchange.of("odd uri/encoded percent", get("/request/a%25b")),
                Exchange.of("odd uri/encoded backslash", get("/request/a%5Cb")),
                Exchange.of("odd uri/encoded semicolon", get("/request/a%3Bb")),
                Exchange.of("odd uri/encoded question mark", get("/request/a%3Fb")),
                Exchange.of("odd uri/encoded nul", get("/request/a%00b")),
                Exchange.of("odd uri/bad escape", get("/request/a%zzb")),
                Exchange.of("odd uri/overlong utf-8", get("/request/%C0%AF")),
                Exchange.of("odd uri/dots with parameter", get("/request/a/..;x=1/b")),
                Exchange.of("odd uri/empty parameter segment", get("/request/;x/b")),
                Exchange.of("odd uri/long", get("/request/" + "x".repeat(4000))),
                Exchange.of("odd uri/long query", get("/request/x?" + "y".repeat(4000))),
                Exchange.of("host/without port", get("/request/x").host(Request.HOST)),
                Exchange.of(
                        "host/redirect without port",
                        get("/redirect/here?to=there").host(Request.HOST)),
                Exchange.of("host/other", get("/request/x").host("other.example:8443")),
                Exchange.of("host/ipv6", get("/request/x").host("[2001:db8::1]:8443")),
                Exchange.of("host/none by HTTP 1.0", get("/request/x").http10().host("")),
                Exchange.of(
                        "websocket/handshake with a servlet",
                        get("/exact")
                                .with("Connection", "Upgrade")
                                .with("Upgrade", "websocket")
                                .with("Sec-WebSocket-Version", "13")
                                .with("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")),
                // The page, whose length is told, has the port of the server in it, but for this one.
                Exchange.of("head/refused", of("HEAD", "/request/a%5Cb").host("other.example:58443")),
                Exchange.of("method/TRACE", of("TRACE", "/parameters")),
                Exchange.of("method/unknown", of("BREW", "/request/x")),
                Exchange.of("method/WebDAV", of("PROPFIND", "/request/x")),
                Exchange.of("method/PUT", of("PUT", "/request/x")),
                Exchange.of("method/DELETE", of("DELETE", "/request/x")),
                Exchange.of("method/PATCH", of("PATCH", "/request/x")),
                Exchange.of("method/OPTIONS", of("OPTIONS", "/request/x")));
    }
}
