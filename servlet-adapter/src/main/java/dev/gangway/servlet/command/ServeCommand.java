package dev.gangway.servlet.command;

import dev.gangway.servlet.handover.Redeployment;
import dev.gangway.servlet.option.Quantity;
import dev.gangway.servlet.web.Admission;
import dev.gangway.servlet.web.Deployment;
import dev.gangway.servlet.web.WebappsDirectory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gangway serve}: serves what is in a directory until a signal ends it. */
@Command(
        name = "serve",
        description = "Serves every web application in a directory to a web server that speaks FastCGI.",
        footerHeading = "%nExample:%n",
        footer = "  gangway serve /srv/webapps --listen unix:/run/gangway/app.sock --socket-group www-data")
final class ServeCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "DIR",
            description = "Directory with WARs, directories with the content of one, and context files in Jetty's XML."
                    + " NAME.war is served at /NAME, ROOT.war at /. NAME.properties has settings for NAME:"
                    + " 'environment = ee10', 'jetty.deploy.contextPath = /path'.")
    private Path directory;

    @Option(
            names = "--scan",
            paramLabel = "SECONDS",
            converter = Quantity.IntSeconds.class,
            description = "How often to look for changes in the directory; 0 for never (default: ${DEFAULT-VALUE}).")
    private int scan = 1;

    @Option(
            names = "--redeploy",
            paramLabel = "beside|stop",
            description = "How a WAR that has been replaced is taken over: its new version starts beside the old one,"
                    + " which answers until then, or the old one stops first and there is no answer until the new one"
                    + " has started, which needs less memory. 'redeploy = stop' in NAME.properties is for one"
                    + " application (default: ${DEFAULT-VALUE}).")
    private Redeployment redeployment = Redeployment.BESIDE;

    @Option(
            names = "--static",
            description = "Also serve directories without WEB-INF; all their files are then public.")
    private boolean staticFiles;

    @Mixin
    private ServiceOptions service;

    @Override
    public Integer call() throws Exception {
        return service.execute(this::deployment);
    }

    private Deployment deployment() {
        if (scan < 0) {
            throw new IllegalArgumentException("scan is " + scan + ", want at least 0");
        }
        return new WebappsDirectory(directory, scan, new Admission(staticFiles), redeployment);
    }
}
