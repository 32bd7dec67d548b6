package dev.gangway.conformance.difference;

import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A web server that is set up twice: by FastCGI to Gangway, and by HTTP to the reference. */
final class Site implements AutoCloseable {
    private final TempFolder folder;
    private final Tap tap;
    private final RunningServer byFcgi;
    private final RunningServer byHttp;

    Site(Behind behind, Applications applications) throws IOException {
        folder = TempFolder.create("tap");
        Path socket = folder.resolve("tap.sock");
        tap = Tap.open(applications.gangway().tcp(), socket);
        Path libexec = Installation.built().home().resolve("libexec");
        for (String program : List.of("Daemon.pm", "relay.pl")) {
            // Web servers run as a user who may not read the clone of a developer.
            folder.write(program, Files.readString(libexec.resolve(program)));
        }
        byFcgi = RunningServer.start(
                behind.server(),
                behind.configuration(),
                Map.of(
                        "fcgi.port",
                        Integer.toString(tap.port()),
                        "fcgi.socket",
                        socket.toString(),
                        "libexec",
                        folder.path().toString()));
        byHttp = RunningServer.start(
                behind.server(),
                "proxy",
                Map.of("proxied.port", Integer.toString(applications.reference().proxied())));
    }

    Way fcgi() {
        return new HttpWay(byFcgi.port());
    }

    Way proxied() {
        return new HttpWay(byHttp.port());
    }

    int port() {
        return byFcgi.port();
    }

    Tap tap() {
        return tap;
    }

    @Override
    public void close() throws IOException {
        byFcgi.close();
        byHttp.close();
        tap.close();
        folder.close();
    }
}
