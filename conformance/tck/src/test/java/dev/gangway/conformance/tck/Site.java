package dev.gangway.conformance.tck;

import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebServer;
import java.util.HashMap;
import java.util.Map;

/** A web server, and Gangway with a directory of applications behind it; both start when somebody asks for them. */
enum Site {
    PLAIN("unix") {
        @Override
        Map<String, String> prepare(TempFolder folder) {
            return Map.of();
        }
    },
    TLS("tls") {
        @Override
        Map<String, String> prepare(TempFolder folder) {
            ClientCertificate.trust(folder);
            return Map.of("tls", folder.path().toString(), "app", "/");
        }
    };

    /** As the certificates of the TCK want it. */
    static final String HOST = "localhost";

    private static final WebServer SERVER = WebServer.valueOf(System.getProperty("tck.web-server"));

    private final String mode;
    private Running running;

    Site(String mode) {
        this.mode = mode;
    }

    private record Running(TempFolder folder, ServedDirectory applications, RunningServer server) {
        void stop() {
            server.close();
            applications.close();
            folder.keepLogs();
            folder.close();
        }
    }

    /** Makes what the web server needs besides, and returns the placeholders of its configuration for that. */
    abstract Map<String, String> prepare(TempFolder folder);

    ServedDirectory applications() {
        return running().applications();
    }

    int port() {
        return running().server().port();
    }

    private synchronized Running running() {
        if (running == null) {
            running = start();
            // Their class adds a hook itself, which is too late when the JVM ends.
            running.server().daemons();
            Runtime.getRuntime().addShutdownHook(new Thread(running::stop));
        }
        return running;
    }

    private Running start() {
        TempFolder folder = TempFolder.create("tck");
        Map<String, String> placeholders = new HashMap<>(prepare(folder));
        ServedDirectory applications = ServedDirectory.start(folder);
        placeholders.putAll(applications.placeholders());
        return new Running(folder, applications, RunningServer.start(SERVER, mode, placeholders));
    }
}
