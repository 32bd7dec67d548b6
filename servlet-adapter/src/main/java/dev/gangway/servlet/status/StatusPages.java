package dev.gangway.servlet.status;

import dev.gangway.servlet.figures.Figures;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The status of a server, in the form that is wanted. What writes it is loaded when somebody asks. Thread-safe. */
final class StatusPages {
    private static final Logger LOG = LoggerFactory.getLogger(StatusPages.class);

    private final Figures figures;
    private final Path libraries;
    private StatusReport report;

    /** @param libraries the directory with the jars that write it */
    StatusPages(Figures figures, Path libraries) {
        this.figures = figures;
        this.libraries = libraries;
    }

    Answer answer(Request request) {
        return answer(request, Format.wanted(request));
    }

    Answer metrics(Request request) {
        return answer(request, Format.ofMetrics(request));
    }

    private Answer answer(Request request, Format format) {
        if (!Answer.isRead(request)) {
            return Answer.refusal(HttpStatus.METHOD_NOT_ALLOWED_405);
        }
        try {
            return new Answer(HttpStatus.OK_200, format.contentType(), format.of(report()));
        } catch (IOException e) {
            LOG.error("There is no status: {}", e.getMessage());
            return Answer.refusal(HttpStatus.INTERNAL_SERVER_ERROR_500);
        }
    }

    private synchronized StatusReport report() throws IOException {
        if (report == null) {
            report = factory().of(figures);
        }
        return report;
    }

    /** It stays for the life of the process, as its class loader does. */
    private StatusReport.Factory factory() throws IOException {
        List<URL> jars = new ArrayList<>();
        if (Files.isDirectory(libraries)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(libraries, "*.jar")) {
                for (Path jar : files) {
                    jars.add(url(jar));
                }
            }
        }
        ClassLoader loader = new URLClassLoader("status", jars.toArray(URL[]::new), StatusPages.class.getClassLoader());
        return ServiceLoader.load(StatusReport.Factory.class, loader)
                .findFirst()
                .orElseThrow(() -> new IOException("this installation has no libraries for it in " + libraries));
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }

    /** In which form a status is wanted. */
    private enum Format {
        HTML("text/html; charset=utf-8"),
        SCRIPT("text/javascript; charset=utf-8"),
        JSON("application/json"),
        PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
        OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

        private final String contentType;

        Format(String contentType) {
            this.contentType = contentType;
        }

        String contentType() {
            return contentType;
        }

        String of(StatusReport report) {
            return switch (this) {
                case HTML -> report.html();
                case SCRIPT -> report.script();
                case JSON -> report.json();
                case PROMETHEUS -> report.metrics(false);
                case OPEN_METRICS -> report.metrics(true);
            };
        }

        /** {@return the format that the query names, as that of php-fpm does, or else the one that is accepted best} */
        static Format wanted(Request request) {
            String query = request.getHttpURI().getQuery();
            if ("json".equals(query)) {
                return JSON;
            }
            if ("script".equals(query)) {
                return SCRIPT;
            }
            if ("openmetrics".equals(query)) {
                return OPEN_METRICS;
            }
            for (String type : request.getHeaders().getQualityCSV(HttpHeader.ACCEPT)) {
                Format format = named(type);
                if (format != null) {
                    return format;
                }
            }
            return HTML;
        }

        /** {@return the format for those who want metrics} */
        static Format ofMetrics(Request request) {
            return wanted(request) == OPEN_METRICS ? OPEN_METRICS : PROMETHEUS;
        }

        private static Format named(String type) {
            return switch (type.split(";", 2)[0].strip()) {
                case "text/html" -> HTML;
                case "application/json" -> JSON;
                case "application/openmetrics-text" -> OPEN_METRICS;
                case "text/plain" -> PROMETHEUS;
                default -> null;
            };
        }
    }
}
