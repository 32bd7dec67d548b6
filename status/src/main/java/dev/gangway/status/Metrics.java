package dev.gangway.status;

import dev.gangway.servlet.figures.Durations.Histogram;
import dev.gangway.servlet.figures.Figure;
import dev.gangway.servlet.figures.Figures;
import dev.gangway.servlet.web.Deployment.Served;
import dev.gangway.servlet.web.Deployment.State;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures as metrics, together with those of the Java virtual machine, by their usual names. Thread-safe. */
final class Metrics {
    private static final String PREFIX = "gangway.";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Figures figures;
    /** The registry does not keep them. */
    private final List<Figure> registered;

    private final MultiGauge applications;

    Metrics(Figures figures) {
        this.figures = figures;
        registered = figures.ofServer();
        registered.forEach(this::register);
        applications = MultiGauge.builder(PREFIX + "application.up")
                .description("1 if the application is available, else 0")
                .register(registry);
        registry.getPrometheusRegistry().register(this::durations);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmGcMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
    }

    private void register(Figure figure) {
        String name = PREFIX + figure.group() + (figure.label() == null ? "." + figure.name() : "");
        Tags tags = figure.label() == null ? Tags.empty() : Tags.of(figure.label(), figure.name());
        String description = figure.label() == null ? figure.meaning() : figure.group() + " by " + figure.label();
        String unit = figure.unit() == Figure.Unit.NUMBER
                ? null
                : figure.unit().name().toLowerCase(Locale.ROOT);
        if (figure.kind() == Figure.Kind.COUNTER) {
            FunctionCounter.builder(name, figure, Figure::value)
                    .tags(tags)
                    .description(description)
                    .baseUnit(unit)
                    .register(registry);
        } else {
            Gauge.builder(name, figure, Figure::value)
                    .tags(tags)
                    .description(description)
                    .baseUnit(unit)
                    .register(registry);
        }
    }

    private HistogramSnapshot durations() {
        Histogram histogram = figures.durations();
        return HistogramSnapshot.builder()
                .name("gangway_request_duration_seconds")
                .help("how long requests have taken, from the end of their parameters to the end of the answer")
                .unit(Unit.SECONDS)
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(histogram.bounds(), histogram.counts()))
                        .sum(histogram.sum())
                        .build())
                .build();
    }

    synchronized String text(boolean openMetrics) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (Served served : figures.applications()) {
            Tags context = Tags.of("context", served.contextPath());
            rows.add(MultiGauge.Row.of(context, served.state() == State.AVAILABLE ? 1 : 0));
        }
        applications.register(rows, true);
        return registry.scrape(openMetrics ? "application/openmetrics-text" : "text/plain");
    }
}
