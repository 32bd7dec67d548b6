package dev.gangway.servlet.command;

import dev.gangway.servlet.environment.ServletEnvironment;
import dev.gangway.servlet.option.Values;
import dev.gangway.servlet.web.Admission;
import dev.gangway.servlet.web.Application;
import dev.gangway.servlet.web.Applications;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gangway run}: serves web applications until a signal ends it. */
@Command(
        name = "run",
        description = "Serves web applications to a web server that speaks FastCGI.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gangway run shop.war --listen unix:/run/gangway/app.sock --socket-group www-data",
            "  gangway run /=site.war /shop=shop.war --listen tcp:127.0.0.1:9000"
        })
final class RunCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "APP",
            split = Values.COMMA,
            splitSynopsisLabel = ",",
            description =
                    "A WAR, a directory with the content of one, or a context file in Jetty's XML. Its name gives the"
                            + " context path, /NAME; write /PATH=FILE for another path.")
    private List<Application> applications;

    @Option(names = "--context-path", paramLabel = "PATH", description = "Context path of a single APP.")
    private String contextPath;

    @Option(
            names = "--ee",
            paramLabel = "ENVIRONMENT",
            description = "Servlet environment of the APPs: ee8 (javax.servlet), ee9, ee10 or ee11 (default: found"
                    + " out for each APP).")
    private ServletEnvironment environment;

    @Option(names = "--static", description = "Also serve a directory without WEB-INF; all its files are then public.")
    private boolean staticFiles;

    @Mixin
    private ServiceOptions service;

    @Override
    public Integer call() throws Exception {
        return service.execute(() -> new Applications(applications(), environment, new Admission(staticFiles)));
    }

    private List<Application> applications() {
        if (contextPath != null) {
            if (applications.size() > 1) {
                throw new IllegalArgumentException(
                        "--context-path is for a single application; write /PATH=FILE.war for each");
            }
            applications = List.of(applications.get(0).at(contextPath));
        }
        applications = applications.stream().map(Application::named).toList();
        Set<String> paths = new HashSet<>();
        for (Application application : applications) {
            if (application.contextPath() != null && !paths.add(application.contextPath())) {
                throw new IllegalArgumentException("two applications at " + application.contextPath()
                        + "; write /PATH=FILE.war to choose another path for one");
            }
        }
        return applications;
    }
}
