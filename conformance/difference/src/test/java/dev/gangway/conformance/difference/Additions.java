package dev.gangway.conformance.difference;

import static dev.gangway.conformance.difference.Request.get;
import static dev.gangway.conformance.difference.Request.post;

import dev.gangway.conformance.difference.Exchange.Transport;
import dev.gangway.it.harness.Environment;
import java.util.List;

/**
 * What the API has got since the environment that the classes of the WAR are compiled for: it is used by pages, which
 * are compiled where they run.
 */
final class Additions {
    private Additions() {}

    static List<Exchange> exchanges() {
        return List.of(
                Exchange.of("servlet 6.0/connection", get("/pages/connection.jsp"))
                        .since(Environment.EE10),
                Exchange.of("tls/servlet 6.0 connection", get("/pages/connection.jsp"))
                        .by(Transport.TLS)
                        .since(Environment.EE10),
                Exchange.of("servlet 6.1/redirect with status", get("/pages/see-other.jsp?clear"))
                        .since(Environment.EE11),
                Exchange.of("servlet 6.1/redirect with body", get("/pages/see-other.jsp"))
                        .since(Environment.EE11),
                Exchange.of("servlet 6.1/byte buffers", post("/pages/buffers.jsp", "text/plain", "x".repeat(100_000)))
                        .since(Environment.EE11));
    }
}
