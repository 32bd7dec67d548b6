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
 * The tables of the request page. Every parameter that came in stands in at least one of them.
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
        return facts() + headers() + others();
    }

    private String facts() {
        StringBuilder rows = new StringBuilder();
        for (Fact fact : Fact.ALL) {
            List<String> readings = fact.readings().stream()
                    .map(reading -> pair(reading.call(), text(reading.value().apply(request))))
                    .toList();
            rows.append(row(fact.topic(), fact.params(), readings));
        }
        return table("What was sent, and what a servlet reads", "The servlet API answers", rows);
    }

    private String headers() {
        StringBuilder rows = new StringBuilder();
        for (String name : Collections.list(request.getHeaderNames())) {
            String cgiName = name.toUpperCase(Locale.ROOT).replace('-', '_');
            List<String> values = Collections.list(request.getHeaders(name)).stream()
                    .map(value -> value("", Credentials.mask(name, value)))
                    .toList();
            List<String> params = HEADERS_WITHOUT_PREFIX.contains(cgiName)
                    ? List.of(cgiName, "HTTP_" + cgiName)
                    : List.of("HTTP_" + cgiName);
            rows.append(row(name, params, values));
        }
        return table("Headers", "getHeaders() answers", rows);
    }

    private String others() {
        if (arrival.isEmpty()) return "";
        StringBuilder rows = new StringBuilder();
        for (Param param : arrival.get().params()) {
            if (shown.contains(param.name())) continue;
            rows.append(
                    "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><code>%s</code></th><td role=\"cell\">%s</td></tr>\n"
                            .formatted(escape(param.name()), value("", Credentials.mask(param.name(), param.value()))));
        }
        if (rows.isEmpty()) return "";
        return """
                <section>
                <h2>Other parameters</h2>
                <p>The web server sent these too. An application reads them through Gangway's API.</p>
                <table role="table" class="others">
                <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Name</th>\
                <th role="columnheader" scope="col">Value</th></tr></thead>
                <tbody role="rowgroup">
                %s</tbody></table>
                </section>
                """
                .formatted(rows);
    }

    private String table(String title, String readBy, CharSequence rows) {
        return """
                <section>
                <h2>%s</h2>
                <table role="table" class="facts">
                <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">About</th>%s\
                <th role="columnheader" scope="col">%s</th></tr></thead>
                <tbody role="rowgroup">
                %s</tbody></table>
                </section>
                """
                .formatted(
                        escape(title),
                        arrival.isEmpty() ? "" : "<th role=\"columnheader\" scope=\"col\">The web server sent</th>",
                        escape(readBy),
                        rows);
    }

    private String row(String topic, List<String> params, List<String> readings) {
        return "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">%s</th>%s<td role=\"cell\">%s</td></tr>\n"
                .formatted(
                        escape(topic),
                        arrival.isEmpty() ? "" : "<td role=\"cell\">" + sent(params) + "</td>",
                        String.join("", readings));
    }

    private String sent(List<String> names) {
        List<String> pairs = new ArrayList<>();
        for (String name : names) {
            for (String value : arrival.orElseThrow().values(name)) {
                pairs.add(pair(name, Credentials.mask(name, value)));
            }
        }
        shown.addAll(names);
        return pairs.isEmpty() ? "<span class=\"none\">nothing</span>" : String.join("", pairs);
    }

    private static String pair(String name, String value) {
        return value("<code>%s</code> ".formatted(escape(name)), value);
    }

    private static String value(String label, String value) {
        return "<div class=\"pair\">%s%s</div>".formatted(label, quoted(value));
    }

    private static String quoted(String value) {
        if (value == null) return "<span class=\"none\">null</span>";
        if (value.isEmpty()) return "<span class=\"none\">empty</span>";
        return "<samp>" + escape(value) + "</samp>";
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
