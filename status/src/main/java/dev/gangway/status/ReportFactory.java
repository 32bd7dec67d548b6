package dev.gangway.status;

import dev.gangway.servlet.figures.Figures;
import dev.gangway.servlet.status.StatusReport;

/** The service. */
public final class ReportFactory implements StatusReport.Factory {
    @Override
    public StatusReport of(Figures figures) {
        Metrics metrics = new Metrics(figures);
        return new StatusReport() {
            @Override
            public String html() {
                return Page.of(figures);
            }

            @Override
            public String script() {
                return Page.script();
            }

            @Override
            public String json() {
                return JsonText.of(figures);
            }

            @Override
            public String metrics(boolean openMetrics) {
                return metrics.text(openMetrics);
            }
        };
    }
}
