package dev.gangway.conformance.difference;

import static dev.gangway.conformance.difference.Request.get;

import java.util.List;

/** Sessions by cookie and by URL. */
final class Sessions {
    private Sessions() {}

    static List<Exchange> exchanges() {
        return List.of(
                Exchange.of("session/none", get("/session/look")),
                Exchange.of("session/unknown", get("/session/look").with("Cookie", "JSESSIONID=unknown")),
                Exchange.of("session/by cookie", client -> {
                    client.send(get("/session/count"));
                    client.sendOn(get("/session/count"));
                    client.sendOn(get("/session/count"));
                }),
                Exchange.of("session/by url", client -> {
                    client.send(get("/session/count"));
                    client.send(get("/session/count;jsessionid=" + client.cookie("JSESSIONID") + "?x=1"));
                }),
                Exchange.of("session/renamed", client -> {
                    client.send(get("/session/rename"));
                    client.sendOn(get("/session/count"));
                }),
                Exchange.of("session/ended", client -> {
                    client.send(get("/session/count"));
                    client.sendOn(get("/session/end"));
                    client.sendOn(get("/session/look"));
                }),
                Exchange.of("session/lasting", get("/session/last")),
                Exchange.of("session/too late", get("/session/late")));
    }
}
