package dev.gangway.conformance.difference;

import static dev.gangway.conformance.difference.Request.form;
import static dev.gangway.conformance.difference.Request.get;
import static dev.gangway.conformance.difference.Request.of;
import static dev.gangway.conformance.difference.Request.post;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Parameters, encodings, bodies and their framing, forms with files. */
final class Bodies {
    private static final String FORM = "application/x-www-form-urlencoded";

    private static final String PARTS =
            """
            --b\r
            Content-Disposition: form-data; name="text"\r
            \r
            hello\r
            --b\r
            Content-Disposition: form-data; name="file"; filename="a b.txt"\r
            Content-Type: text/plain;charset=utf-8\r
            X-Part: yes\r
            \r
            12345\r
            --b--\r
            """;

    private Bodies() {}

    static List<Exchange> exchanges() {
        return List.of(
                Exchange.of("parameters/query", get("/parameters?a=1&b=%C3%A4&a=2&c=&d")),
                Exchange.of("parameters/bad escape in query", get("/parameters?a=%zz&b=1")),
                Exchange.of("parameters/query and form", form("/parameters?a=1", "a=2&c=3+4")),
                Exchange.of("parameters/utf-8 form", form("/parameters", "a=%C3%A4%E2%82%AC")),
                Exchange.of("parameters/form in latin-1", form("/parameters/ISO-8859-1", "a=%E4")),
                Exchange.of(
                        "parameters/form says its charset",
                        post("/parameters", FORM + "; charset=iso-8859-1", "a=%E4")),
                Exchange.of(
                        "parameters/form by PUT",
                        of("PUT", "/parameters?a=1")
                                .with("Content-Type", FORM)
                                .body("b=2".getBytes(StandardCharsets.UTF_8))),
                Exchange.of(
                        "parameters/chunked form",
                        form("/parameters", "a=1&b=2").framed(Request.Framing.CHUNKED)),
                unfinished("parameters/unfinished form", form("/parameters", "a=1&b=2")),
                Exchange.of("parameters/other type", post("/parameters?a=1", "text/plain", "a=2")),
                Exchange.of("body/bytes", post("/body", "application/octet-stream", new byte[] {0, 1, -1, 13, 10})),
                Exchange.of("body/large", post("/body", "application/octet-stream", new byte[200_000])),
                Exchange.of("body/empty", post("/body", "text/plain", "")),
                Exchange.of(
                        "body/chunked", post("/body", "text/plain", "in chunks").framed(Request.Framing.CHUNKED)),
                Exchange.of(
                        "body/trailers",
                        post("/body", "text/plain", "in chunks").framed(Request.Framing.CHUNKED_WITH_TRAILER)),
                Exchange.of(
                        "body/expectation",
                        post("/body", "text/plain", "expected").with("Expect", "100-continue")),
                Exchange.of(
                        "body/with DELETE",
                        of("DELETE", "/body").with("Content-Type", "text/plain").body(new byte[3])),
                Exchange.of("body/text in utf-8", post("/body/text", "text/plain;charset=utf-8", "gr\u00fc\u00df")),
                Exchange.of("body/text without charset", post("/body/text", "text/plain", "gr\u00fc\u00df")),
                Exchange.of("body/unknown charset", post("/body/text", "text/plain;charset=none", "text")),
                Exchange.of("body/read in part", post("/body/some", "text/plain", "abcdef")),
                Exchange.of("body/not read", post("/body/none", "text/plain", "abcdef")),
                unfinished("body/unfinished", post("/body", "text/plain", "abcdef")),
                unfinished("body/unfinished text", post("/body/text", "text/plain", "abcdef")),
                unfinished("body/unfinished and read in part", post("/body/some", "text/plain", "abcdef")),
                unfinished("body/unfinished and not read", post("/body/none", "text/plain", "abcdef")),
                Exchange.of("body/stream and reader", post("/body/both", "text/plain", "abcdef")),
                Exchange.of("multipart/two parts", post("/multipart", "multipart/form-data; boundary=b", PARTS)),
                Exchange.of("multipart/not multipart", post("/multipart", "text/plain", "x")),
                Exchange.of(
                        "multipart/cut", post("/multipart", "multipart/form-data; boundary=b", PARTS.substring(0, 90))),
                unfinished("multipart/unfinished", post("/multipart", "multipart/form-data; boundary=b", PARTS)),
                unfinished(
                        "multipart/unfinished and cut",
                        post("/multipart", "multipart/form-data; boundary=b", PARTS.substring(0, 90))),
                Exchange.of(
                        "multipart/too large",
                        post(
                                "/multipart",
                                "multipart/form-data; boundary=b",
                                PARTS.replace("hello", "h".repeat(300_000)))));
    }

    private static Exchange unfinished(String name, Request request) {
        return Exchange.of(name, request.framed(Request.Framing.UNFINISHED));
    }
}
