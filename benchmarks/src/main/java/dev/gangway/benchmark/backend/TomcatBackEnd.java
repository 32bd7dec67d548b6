package dev.gangway.benchmark.backend;

import dev.gangway.benchmark.Workload;
import jakarta.servlet.Servlet;
import java.nio.file.Files;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** The servlets in Tomcat, behind one protocol. */
public final class TomcatBackEnd {
    private TomcatBackEnd() {}

    /** @param arguments the protocol, the port and the path of the socket to listen at */
    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.WARNING);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());

        Connector tcp = connector(arguments[0]);
        tcp.setProperty("address", "127.0.0.1");
        tcp.setPort(Integer.parseInt(arguments[1]));
        tomcat.setConnector(tcp);

        Connector unix = connector(arguments[0]);
        unix.setProperty("unixDomainSocketPath", arguments[2]);
        tomcat.getService().addConnector(unix);

        Context context = tomcat.addContext("", null);
        add(context, Workload.HELLO, new HelloServlet());
        add(context, Workload.KIB_16, new ContentServlet(1, 16 * 1024));
        add(context, Workload.MIB_1, new ContentServlet(128, Workload.BLOCK));
        add(context, Workload.UPLOAD, new UploadServlet());

        Console.serve(tomcat::start);
    }

    private static Connector connector(String protocol) {
        boolean ajp = protocol.equals("ajp");
        Connector connector = new Connector(ajp ? "AJP/1.3" : "HTTP/1.1");
        connector.setProperty("acceptCount", "4096");
        if (ajp) {
            connector.setProperty("secretRequired", "false");
        } else {
            // By default a connection ends after 100.
            connector.setProperty("maxKeepAliveRequests", "-1");
        }
        return connector;
    }

    private static void add(Context context, Workload workload, Servlet servlet) {
        Tomcat.addServlet(context, workload.path(), servlet).addMapping("/" + workload.path() + "/*");
    }
}
