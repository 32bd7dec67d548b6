package dev.gangway.sample.page;

import static dev.gangway.sample.Html.escape;

import dev.gangway.sample.Arrival;
import dev.gangway.sample.Arrival.Param;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The tables of the request page: what was sent, beside what a servlet reads. Every parameter stands in at least one
 * of them. Without Gangway there is nothing but what a servlet reads.
 */
final class RequestTables {
    private static final Set<String> HEADERS_WITHOUT_PREFIX = Set.of("CONTENT_TYPE", "CONTENT_LENGTH");

    private final HttpServletRequest request;
    private final Optional<Arrival> arrival;
    private final Set<String> shown = new HashSet<>();

    RequestTables(HttpServletRequest request, Optional<Arrival> arrival) {
        this.request = request;
        this.arrival = arrival;
    }

    /** {@return all tables, as HTML} */
    String html() {
        return section("What was sent, and what a servlet reads", facts())
                + section("Headers", headers())
                + arrival.map(this::others).orElse("");
    }

    private static String section(String title, String content) {
        return "<section>\n<h2>%s</h2>\n%s</section>\n".formatted(escape(title), content);
    }

    private String facts() {
        Table table = new Table("facts", columns("The servlet API answers"));
        for (Fact fact : Fact.ALL) {
            StringBuilder readings = new StringBuilder();
            for (Fact.Reading reading : fact.readings()) {
                Object value = reading.value().apply(request);
                readings.append(labelled(reading.call(), value == null ? null : value.toString()));
            }
            table.row(escape(fact.topic()), cells(fact.params(), readings.toString()));
        }
        return table.html();
    }

    private String headers() {
        Table table = new Table("facts", columns("getHeaders() answers"));
        for (String name : Collections.list(request.getHeaderNames())) {
            StringBuilder values = new StringBuilder();
            for (String value : Collections.list(request.getHeaders(name))) {
                values.append(plain(Credentials.mask(name, value)));
            }
            table.row(escape(name), cells(paramsOfHeader(name), values.toString()));
        }
        return table.html();
    }

    private String others(Arrival fcgi) {
        Table table = new Table("others", List.of("Name", "Value"));
        for (Param param : fcgi.params()) {
            if (shown.contains(param.name())) continue;
            String value = Credentials.mask(param.name(), param.value());
            table.row("<code>" + escape(param.name()) + "</code>", List.of(plain(value)));
        }
        if (table.isEmpty()) return "";
        return section(
                "Other parameters",
                "<p>The web server sent these too. An application reads them through Gangway's API.</p>\n"
                        + table.html());
    }

    private static List<String> paramsOfHeader(String name) {
        String cgiName = name.toUpperCase(Locale.ROOT).replace('-', '_');
        if (HEADERS_WITHOUT_PREFIX.contains(cgiName)) return List.of(cgiName, "HTTP_" + cgiName);
        return List.of("HTTP_" + cgiName);
    }

    private List<String> columns(String reading) {
        return arrival.isEmpty() ? List.of("About", reading) : List.of("About", "The web server sent", reading);
    }

    private List<String> cells(List<String> params, String readings) {
        return arrival.isEmpty() ? List.of(readings) : List.of(sent(params, arrival.get()), readings);
    }

    private String sent(List<String> names, Arrival fcgi) {
        shown.addAll(names);
        List<String> pairs = new ArrayList<>();
        for (String name : names) {
            for (String value : fcgi.values(name)) {
                pairs.add(labelled(name, Credentials.mask(name, value)));
            }
        }
        return pairs.isEmpty() ? none("nothing") : String.join("", pairs);
    }

    private static String labelled(String label, String value) {
        return "<div class=\"pair\"><code>%s</code> %s</div>".formatted(escape(label), quoted(value));
    }

    private static String plain(String value) {
        return "<div class=\"pair\">%s</div>".formatted(quoted(value));
    }

    private static String quoted(String value) {
        if (value == null) return none("null");
        if (value.isEmpty()) return none("empty");
        return "<samp>%s</samp>".formatted(escape(value));
    }

    private static String none(String why) {
        return "<span class=\"none\">%s</span>".formatted(why);
    }
}
