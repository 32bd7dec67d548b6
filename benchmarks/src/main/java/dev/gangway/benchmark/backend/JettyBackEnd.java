package dev.gangway.benchmark.backend;

import dev.gangway.benchmark.Workload;
import dev.gangway.fcgi.server.FcgiConnectionFactory;
import java.nio.file.Path;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.fcgi.server.ServerFCGIConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;

/** The servlets in Jetty, behind one protocol. */
public final class JettyBackEnd {
    private JettyBackEnd() {}

    /** @param arguments the protocol, the port and the path of the socket to listen at */
    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        server.setHandler(servlets());

        ServerConnector tcp = new ServerConnector(server, protocol(arguments[0]));
        tcp.setHost("127.0.0.1");
        tcp.setPort(Integer.parseInt(arguments[1]));
        // As it is for Unix sockets.
        tcp.setAcceptQueueSize(4096);
        server.addConnector(tcp);

        UnixDomainServerConnector unix = new UnixDomainServerConnector(server, protocol(arguments[0]));
        unix.setUnixDomainPath(Path.of(arguments[2]));
        unix.setAcceptQueueSize(4096);
        server.addConnector(unix);

        Console.serve(server::start);
    }

    private static ConnectionFactory protocol(String name) {
        // All answer without Date and Server.
        HttpConfiguration configuration = FcgiConnectionFactory.newHttpConfiguration();
        return switch (name) {
            case "gangway" -> new FcgiConnectionFactory();
            case "gangway-selectors" -> onSelectors(new FcgiConnectionFactory());
            case "http" -> new HttpConnectionFactory(configuration);
            case "fcgi" -> new ServerFCGIConnectionFactory(configuration);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static FcgiConnectionFactory onSelectors(FcgiConnectionFactory factory) {
        factory.getConfiguration().setConnectionThreads(0);
        return factory;
    }

    private static ServletContextHandler servlets() {
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new HelloServlet()), "/" + Workload.HELLO.path() + "/*");
        context.addServlet(new ServletHolder(new ContentServlet(1, 16 * 1024)), "/" + Workload.KIB_16.path() + "/*");
        context.addServlet(
                new ServletHolder(new ContentServlet(128, Workload.BLOCK)), "/" + Workload.MIB_1.path() + "/*");
        context.addServlet(new ServletHolder(new UploadServlet()), "/" + Workload.UPLOAD.path() + "/*");
        return context;
    }
}
