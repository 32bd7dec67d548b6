package dev.gangway.conformance.difference;

import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.Tap;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A web server that is set up by FastCGI to Gangway, with and without TLS, and by HTTP to the reference. */
final class Site implements AutoCloseable {
    private final TempFolder folder = TempFolder.create("tap");
    private final Witness witness = new Witness();
    private final Tap tap;
    private final RunningServer byFcgi;
    private final RunningServer byTls;
    private final RunningServer byHttp;

    Site(Behind behind, Applications applications) throws IOException {
        Path socket = folder.resolve("tap.sock");
        tap = new Tap(applications.gangway().tcp(), witness::ear).listenOn(socket);
        Path libexec = Installation.built().home().resolve("libexec");
        for (String program : List.of("Daemon.pm", "relay.pl")) {
            // Web servers run as a user who may not read the clone of a developer.
            folder.write(program, Files.readString(libexec.resolve(program)));
        }
        Map<String, String> names = new HashMap<>(Map.of("app", "/", "site", Request.HOST));
        names.put("fcgi.port", Integer.toString(tap.address().getPort()));
        names.put("fcgi.socket", socket.toString());
        names.put("libexec", folder.path().toString());
        names.put("tls", applications.folder().path().toString());
        names.put("proxied.port", Integer.toString(applications.reference().proxied()));
        byFcgi = RunningServer.start(behind.server(), behind.configuration(), names);
        byTls = behind.isSecure() ? RunningServer.start(behind.server(), "tls", names) : null;
        byHttp = RunningServer.start(behind.server(), "proxy", names);
    }

    int port(Exchange exchange) {
        return exchange.transport() == Exchange.Transport.PLAIN ? byFcgi.port() : byTls.port();
    }

    Way fcgi(Exchange exchange, RawHttp.Layer layer) {
        return new HttpWay(port(exchange), layer);
    }

    Way proxied() {
        return new HttpWay(byHttp.port());
    }

    Witness witness() {
        return witness;
    }

    @Override
    public void close() throws IOException {
        byFcgi.close();
        if (byTls != null) {
            byTls.close();
        }
        byHttp.close();
        tap.close();
        folder.close();
    }
}
