package dev.gangway.sample.page;

import static dev.gangway.sample.Html.escape;

import dev.gangway.sample.Arrival;
import dev.gangway.sample.frame.Exhibit;
import dev.gangway.sample.frame.ExhibitCollector;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The home page: shows how this very request came in, whatever its method and path below {@code /request/}.
 */
@WebServlet({"", RequestPage.ANY_PATH + "/*"})
@Exhibit(
        path = "/",
        title = "Request",
        flag = 'R',
        place = 1,
        summary = "How this very request came in: what was sent, beside what a servlet reads.")
public final class RequestPage extends HttpServlet {
    /** Where it answers too, whatever follows. */
    static final String ANY_PATH = "/request";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Arrival> arrival = Arrival.of(request);
        String title =
                arrival.isPresent() ? "This request came in over FastCGI" : "This request came in without Gangway";
        String lead = arrival.map(RequestPage::lead)
                .orElse("This container does not know Gangway, so there are no FastCGI parameters to show."
                        + " Everything else here works all the same.");
        Page.send(
                request,
                response,
                title,
                "<p class=\"lead\">" + lead + "</p>\n"
                        + route(request, arrival)
                        + otherRequests(request)
                        + new RequestTables(request, arrival).html()
                        + exhibits(request));
    }

    private static String lead(Arrival arrival) {
        return "%s took it from your browser and passed it on as %d parameters, to this application as its %s."
                        .formatted(
                                escape(webServer(arrival)),
                                arrival.params().size(),
                                escape(arrival.role().toLowerCase(Locale.ROOT)))
                + " Below, each of them stands beside what a servlet reads.";
    }

    private static String webServer(Arrival arrival) {
        List<String> names = arrival.values("SERVER_SOFTWARE");
        return names.isEmpty() ? "The web server" : names.get(names.size() - 1);
    }

    private static String route(HttpServletRequest request, Optional<Arrival> arrival) {
        StringBuilder html = new StringBuilder("<ol class=\"route\" aria-label=\"The way of this request\">\n");
        html.append(station(
                "Your browser",
                address(request.getRemoteAddr(), request.getRemotePort()),
                request.getMethod() + ", " + request.getProtocol()));
        arrival.ifPresent(fcgi -> {
            html.append(station(
                    webServer(fcgi), address(request.getLocalAddr(), request.getLocalPort()), request.getScheme()));
            html.append(
                    station("Gangway", "FastCGI " + fcgi.role(), fcgi.params().size() + " parameters"));
        });
        String container = request.getServletContext().getServerInfo();
        String path = request.getContextPath().isEmpty() ? "/" : request.getContextPath();
        html.append(station("This servlet", container, "context path " + path));
        return html.append("</ol>\n").toString();
    }

    private static String station(String name, String where, String detail) {
        return "<li><strong>%s</strong><span>%s</span><span>%s</span></li>\n"
                .formatted(escape(name), escape(where), escape(detail));
    }

    private static String address(String host, int port) {
        String shown = host != null && host.contains(":") ? "[" + host + "]" : host;
        return port > 0 ? shown + ":" + port : shown;
    }

    private static String otherRequests(HttpServletRequest request) {
        return """
                <section class="try">
                <h2>Send another</h2>
                <form method="post" action="%1$s%2$s/caf%%C3%%A9;v=1/a+b?from=form">
                <label for="note">A note</label>
                <input id="note" name="note" value="Ahoy &amp; welcome" autocomplete="off">
                <button>Send as POST</button>
                <button formmethod="get" class="quiet">Send as GET</button>
                </form>
                <p>Both go to <code>%2$s/café;v=1/a+b</code>, to show what becomes of an unusual path.</p>
                </section>
                """
                .formatted(Page.root(request), ANY_PATH);
    }

    private static String exhibits(HttpServletRequest request) {
        StringBuilder html = new StringBuilder("<section>\n<h2>More to try</h2>\n<ul class=\"exhibits\">\n");
        for (Exhibit exhibit : ExhibitCollector.menu(request.getServletContext())) {
            if (exhibit.path().equals("/")) continue;
            html.append("<li>%s<div><a href=\"%s\">%s</a><p>%s</p></div></li>\n"
                    .formatted(
                            Page.flag(request, exhibit.flag()),
                            Page.root(request) + exhibit.path(),
                            escape(exhibit.title()),
                            escape(exhibit.summary())));
        }
        return html.append("</ul>\n</section>\n").toString();
    }
}
