package dev.gangway.status;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.fcgi.server.FcgiConnectionFactory;
import dev.gangway.servlet.environment.Libraries;
import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.figures.Figures;
import dev.gangway.servlet.status.StatusReport;
import dev.gangway.servlet.web.Deployment;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.ajax.JSON;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report of a server that has served nothing yet. */
class ReportTest {
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{[a-z_]+=\"[^\"\\n]*\"(,[a-z_]+=\"[^\"\\n]*\")*})? (-?[0-9.E-]+|NaN)");

    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (counter|gauge|summary|histogram)");

    private final StatusReport report = new ReportFactory().of(figures());

    private static Figures figures() {
        return Figures.of(new Server(), new FcgiConnectionFactory(), new Deployment() {
            @Override
            public List<Served> applications() {
                return List.of(
                        new Served("/shop", State.AVAILABLE, null),
                        new Served("/odd\"<b>", State.UNAVAILABLE, "odd.war does not start: <script>"));
            }

            @Override
            public List<StartFailure> obstacles() {
                return List.of();
            }

            @Override
            public Handler load(Server server, Libraries libraries) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void onStarted() {}

            @Override
            public String advice() {
                return "";
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void metricsAreWellFormed(boolean openMetrics) {
        List<String> lines = report.metrics(openMetrics).lines().toList();

        assertThat(lines).filteredOn(line -> !line.startsWith("#")).isNotEmpty().allMatch(line -> SAMPLE.matcher(
                        line.replace("\\\"", ""))
                .matches());
        List<String> types =
                lines.stream().filter(line -> line.startsWith("# TYPE")).toList();
        assertThat(types).allMatch(line -> TYPE.matcher(line).matches()).doesNotHaveDuplicates();
        assertThat(lines)
                .contains(
                        "gangway_refused_total{cause=\"overload\"} 0.0",
                        "gangway_requests_total{role=\"authorizer\"} 0.0",
                        "gangway_requests_active 0.0",
                        "gangway_sessions_open 0.0",
                        "gangway_request_duration_seconds_bucket{le=\"0.5\"} 0",
                        "gangway_request_duration_seconds_bucket{le=\"+Inf\"} 0",
                        "gangway_request_duration_seconds_count 0",
                        "gangway_request_duration_seconds_sum 0.0",
                        "gangway_traffic_bytes_total{direction=\"sent\"} 0.0",
                        "gangway_application_up{context=\"/shop\"} 1.0",
                        "gangway_application_up{context=\"/odd\\\"<b>\"} 0.0");
        assertThat(lines.get(lines.size() - 1).equals("# EOF")).isEqualTo(openMetrics);
        assertThat(report.metrics(openMetrics)).as("asked again").contains("gangway_application_up{context=\"/shop\"}");
    }

    /** Whatever is counted is a series of its own. */
    @Test
    void noSeriesIsThereTwice() {
        List<String> series = report.metrics(true)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .toList();

        assertThat(series).doesNotHaveDuplicates();
    }

    @Test
    void jsonIsAnObjectWithTheSameFigures() {
        Map<?, ?> json = (Map<?, ?>) new JSON().fromJSON(report.json());

        assertThat(((Map<?, ?>) json.get("figures"))
                        .keySet().stream().map(Object::toString).collect(toSet()))
                .contains("process", "connections", "requests", "responses", "refused", "errors", "threads", "memory");
        assertThat((Object[]) json.get("requests")).isEmpty();
        Map<?, ?> durations = (Map<?, ?>) json.get("durations");
        int bounds = ((Object[]) durations.get("bounds")).length;
        assertThat((Object[]) durations.get("counts"))
                .as("one is for what exceeds them all")
                .hasSize(bounds + 1);
        Map<?, ?> odd = (Map<?, ?>) ((Object[]) json.get("applications"))[1];
        assertThat(odd.get("context")).isEqualTo("/odd\"<b>");
        assertThat(odd.get("state")).isEqualTo("unavailable");
        assertThat(odd.get("reason")).isEqualTo("odd.war does not start: <script>");
    }

    @Test
    void pageIsForPeopleAndShowsTextAsText() {
        String page = report.html();

        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("color-scheme: light dark", "odd.war does not start: &lt;script&gt;", "/odd&quot;&lt;b&gt;")
                .containsOnlyOnce("<script")
                .contains("<script src=\"?script\" defer></script>")
                .doesNotContain("%%", "%s", ">null<");
    }
}
