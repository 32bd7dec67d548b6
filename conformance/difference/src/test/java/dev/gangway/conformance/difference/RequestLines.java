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
                Exchange.of("uri/query with a slash at its end", get("/request/path?to=/a/")),
                Exchange.of("uri/encoded blank and letter", get("/request/a%20b%41")),
                Exchange.of("uri/encoded utf-8", get("/request/%C3%A4%E2%82%AC")),
                Exchange.of("uri/plus", get("/request/a+b")),
                Exchange.of("uri/parameters", get("/request/a;v=1/b;w=2;x")),
                Exchange.of("uri/delimiters", get("/request/a:b@c&d=e+f,g!h$i'(j)*k~l-m_n.o")),
                Exchange.of("uri/lower-case escapes", get("/request/%c3%a4")),
                Exchange.of("uri/unknown servlet", get("/nowhere")),
                Exchange.of("method/PUT", of("PUT", "/request/x")),
                Exchange.of("method/DELETE", of("DELETE", "/request/x")),
                Exchange.of("method/PATCH", of("PATCH", "/request/x")),
                Exchange.of("method/OPTIONS", of("OPTIONS", "/request/x")));
    }
}
