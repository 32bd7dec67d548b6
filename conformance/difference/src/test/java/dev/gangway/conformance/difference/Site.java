package dev.gangway.conformance.difference;

import dev.gangway.it.harness.RunningServer;
import java.io.IOException;
import java.util.Map;

/** A web server that is set up twice: by FastCGI to Gangway, and by HTTP to the reference. */
final class Site implements AutoCloseable {
    private final Tap tap;
    private final RunningServer byFcgi;
    private final RunningServer byHttp;

    Site(Behind behind, Applications applications) throws IOException {
        tap = Tap.open(applications.gangway().tcp());
        byFcgi = RunningServer.start(
                behind.server(), behind.configuration(), Map.of("fcgi.port", Integer.toString(tap.port())));
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
    }
}
