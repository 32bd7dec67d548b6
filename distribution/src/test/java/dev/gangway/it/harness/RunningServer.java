package dev.gangway.it.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A web server that accepts connections, with a configuration and a folder of its own. */
public final class RunningServer implements AutoCloseable {
    private final TempFolder folder;
    private final ChildProcess process;
    private final int port;

    private RunningServer(TempFolder folder, ChildProcess process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /** Starts the server; {@code application} says where the configuration finds Gangway. */
    public static RunningServer start(WebServer server, String mode, Map<String, String> application) {
        TempFolder folder = TempFolder.create(server.name().toLowerCase() + "-" + mode);
        int port = FreePort.find();

        Map<String, String> values = new HashMap<>(application);
        values.put("http.port", Integer.toString(port));
        values.put("run", folder.path().toString());
        values.put("user", RunAs.user());
        String configuration = Template.fill(server.configuration(mode), values);
        values.put("config", folder.write("server.conf", configuration).toString());

        List<String> command = new ArrayList<>();
        server.command().forEach(part -> command.add(Template.fill(part, values)));
        // Some servers keep state below the home of their user.
        Map<String, String> environment =
                Map.of("HOME", folder.path().toString(), "JAVA_HOME", System.getProperty("java.home"));
        RunningServer running =
                new RunningServer(folder, ChildProcess.start(folder.resolve("output.log"), environment, command), port);
        try {
            running.awaitConnection();
            return running;
        } catch (AssertionError e) {
            running.close();
            throw e;
        }
    }

    /** Ends what it has started by SIGKILL, if that is this program. */
    public void kill(String program) {
        process.kill(program);
    }

    public int port() {
        return port;
    }

    public String log() {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
        folder.keepLogs();
        folder.close();
    }

    private void awaitConnection() {
        Await.until("web server accepts on port " + port, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("web server ended:\n" + process.log());
            }
            try (Socket ignored = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }
}
