package dev.gangway.it.harness;

import dev.gangway.conformance.peer.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A web server that accepts connections, with a configuration and a folder of its own. */
public final class RunningServer implements AutoCloseable {
    private final TempFolder folder;
    private final List<String> command;
    private final int port;
    private ChildProcess process;

    private RunningServer(TempFolder folder, List<String> command, int port) {
        this.folder = folder;
        this.command = command;
        this.port = port;
        startProcess();
    }

    /** Starts the server; {@code application} says where the configuration finds Gangway. */
    public static RunningServer start(WebServer server, String mode, Map<String, String> application) {
        TempFolder folder = TempFolder.create(server.name().toLowerCase() + "-" + mode);
        int port = FreePort.find();

        Map<String, String> values = new HashMap<>(application);
        values.put("http.port", Integer.toString(port));
        values.put("run", folder.path().toString());
        values.put("log", folder.path().toString());
        values.put("spool", folder.path().toString());
        values.putIfAbsent("docroot", folder.path().toString());
        values.putIfAbsent("daemon", folder.resolve("daemon").toString());
        values.put("user", RunAs.user());
        String configuration = Template.fill(server.configuration(mode), values);
        values.put("config", folder.write("server.conf", configuration).toString());

        List<String> command = new ArrayList<>();
        server.command().forEach(part -> command.add(Template.fill(part, values)));
        RunningServer running = new RunningServer(folder, command, port);
        try {
            running.awaitConnection();
            return running;
        } catch (AssertionError e) {
            running.close();
            throw e;
        }
    }

    private void startProcess() {
        // Some servers keep state below the home of their user.
        Map<String, String> environment =
                Map.of("HOME", folder.path().toString(), "JAVA_HOME", System.getProperty("java.home"));
        process = ChildProcess.start(folder.resolve("output.log"), environment, command);
    }

    /** Ends it as a service manager does, and returns its exit code. */
    public int stop() {
        return process.stop();
    }

    /** Ends it, starts it again in the same place, and returns its exit code. */
    public int restart() {
        int exitCode = stop();
        startProcess();
        awaitConnection();
        return exitCode;
    }

    /** Ends it and its workers as a crash does, but not what they have started, and starts it again. */
    public void crash() {
        process.crash();
        startProcess();
        awaitConnection();
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

    /** {@return whether it has written a file} */
    public boolean has(String file) {
        return Files.exists(folder.resolve(file));
    }

    /** A file that it or its programs have written. */
    public String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The daemons that its programs have started with the folder for them in the configuration. */
    public SharedDaemons daemons() {
        return new SharedDaemons(folder.resolve("daemon"));
    }

    @Override
    public void close() {
        process.close();
        daemons().stop();
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
