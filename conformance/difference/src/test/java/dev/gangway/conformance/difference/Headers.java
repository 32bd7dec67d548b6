package dev.gangway.conformance.difference;

import static dev.gangway.conformance.difference.Request.get;

import java.util.List;

/** Request headers and cookies. */
final class Headers {
    private Headers() {}

    static List<Exchange> exchanges() {
        return List.of(
                Exchange.of("headers/none", get("/headers")),
                Exchange.of(
                        "headers/repeated",
                        get("/headers")
                                .with("X-First", "1")
                                .with("X-First", "2")
                                .with("Accept", "a/b")),
                Exchange.of("headers/empty", get("/headers").with("X-First", "")),
                Exchange.of("headers/long", get("/headers").with("X-First", "v".repeat(3000))),
                Exchange.of(
                        "headers/int and date",
                        get("/headers").with("X-Int", "42").with("X-Date", "Sun, 06 Nov 1994 08:49:37 GMT")),
                Exchange.of(
                        "headers/wrong int and date",
                        get("/headers").with("X-Int", "many").with("X-Date", "soon")),
                Exchange.of("headers/latin-1", get("/headers").with("X-First", "caf\u00e9")),
                Exchange.of("headers/languages", get("/headers").with("Accept-Language", "de-CH, en;q=0.5, fr;q=0.9")),
                Exchange.of(
                        "headers/names",
                        get("/headers?names").with("X-Some-Name", "1").with("x-other", "2")),
                Exchange.of("headers/underscore", get("/headers").with("X_Under_Score", "1")),
                Exchange.of("headers/dot", get("/headers").with("X.Dotted", "1")),
                Exchange.of("cookies/one", get("/headers").with("Cookie", "a=1")),
                Exchange.of("cookies/several", get("/headers").with("Cookie", "a=1; b=2; a=3")),
                Exchange.of(
                        "cookies/two headers",
                        get("/headers").with("Cookie", "a=1").with("Cookie", "b=2")),
                Exchange.of("cookies/quoted", get("/headers").with("Cookie", "a=\"quoted\"; b=x%20y")),
                Exchange.of("cookies/comma", get("/headers").with("Cookie", "q=x,JSESSIONID=abc; b=2")),
                Exchange.of("cookies/comma in quotes", get("/headers").with("Cookie", "q=\"x, y=z\"; b=2")),
                Exchange.of("cookies/comma and blank", get("/headers").with("Cookie", "q=x, other=abc; b=2")),
                Exchange.of(
                        "cookies/odd ones",
                        get("/headers")
                                .with(
                                        "Cookie",
                                        "a; =b; c=d=e; f=\"g; h=i j; $k=1; l=; m=\"n\\\"o\"; p=caf\u00e9; q=2")));
    }
}
