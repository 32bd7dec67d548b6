package dev.gangway.status;

import dev.gangway.fcgi.incident.ActiveRequest;
import dev.gangway.servlet.figures.Durations.Histogram;
import dev.gangway.servlet.figures.Figure;
import dev.gangway.servlet.figures.Figures;
import dev.gangway.servlet.web.Deployment.Served;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.util.ajax.JSON;

/** The figures as a JSON object: those of each group, how long requests took, the applications, and the requests that are
 * active. */
final class JsonText {
    private JsonText() {}

    static String of(Figures figures) {
        Map<String, Object> all = new LinkedHashMap<>();
        Map<String, Map<String, Object>> groups = new LinkedHashMap<>();
        Stream.concat(figures.ofServer().stream(), figures.ofMachine().stream())
                .forEach(figure -> groups.computeIfAbsent(figure.group(), group -> new LinkedHashMap<>())
                        .put(figure.name(), value(figure)));
        all.put("figures", groups);
        all.put("durations", durations(figures.durations()));
        all.put(
                "applications",
                figures.applications().stream().map(JsonText::application).toList());
        all.put("requests", requests(figures.requests()));
        return new JSON().toJSON(all) + "\n";
    }

    /** The last bound is infinite, for which there is no number. */
    private static Map<String, Object> durations(Histogram histogram) {
        Map<String, Object> map = new LinkedHashMap<>();
        double[] bounds = histogram.bounds();
        map.put("bounds", Arrays.copyOf(bounds, bounds.length - 1));
        map.put("counts", histogram.counts());
        map.put("sum", histogram.sum());
        return map;
    }

    private static Object value(Figure figure) {
        double value = figure.value();
        if (figure.unit() == Figure.Unit.SECONDS) {
            return value;
        }
        return (long) value;
    }

    private static Map<String, Object> application(Served application) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("context", application.contextPath());
        map.put("state", word(application.state()));
        map.put("reason", application.reason());
        return map;
    }

    private static List<Map<String, Object>> requests(List<ActiveRequest> requests) {
        return requests.stream().map(JsonText::request).toList();
    }

    private static Map<String, Object> request(ActiveRequest request) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("connection", request.connection());
        map.put("id", request.id());
        map.put("role", word(request.role()));
        map.put("phase", word(request.phase()));
        map.put("age", request.ageNanos() / 1_000_000 / 1000.0);
        map.put("method", request.method());
        map.put("path", request.path());
        return map;
    }

    private static String word(Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }
}
