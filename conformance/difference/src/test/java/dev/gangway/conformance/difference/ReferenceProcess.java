package dev.gangway.conformance.difference;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.reference.Reference;
import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.TempFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running {@link Reference}. */
final class ReferenceProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile(Pattern.quote(Reference.READY) + "(\\d+) (\\d+) (\\d+)\\R");

    private final ChildProcess process;

    private ReferenceProcess(ChildProcess process) {
        this.process = process;
    }

    /** Starts it, with the certificates and users of the folder. */
    static ReferenceProcess start(TempFolder folder, List<String> applications) {
        Path home = Installation.built().home();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-Dgangway.home=" + home,
                "-cp",
                home.resolve("lib/core") + "/*:" + System.getProperty("reference.classes"),
                Reference.class.getName(),
                folder.path().toString()));
        command.addAll(applications);
        return new ReferenceProcess(ChildProcess.start(folder.resolve("reference.log"), Map.of(), command));
    }

    void awaitReady() {
        Await.until("reference is ready", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("reference ended:\n" + process.log());
            }
            return ready().find();
        });
    }

    private Matcher ready() {
        return READY.matcher(process.log());
    }

    /** For clients. */
    int direct() {
        return port(1);
    }

    /** For proxies. */
    int proxied() {
        return port(2);
    }

    /** For clients by TLS. */
    int secure() {
        return port(3);
    }

    private int port(int group) {
        Matcher ready = ready();
        if (!ready.find()) {
            throw new IllegalStateException("not ready");
        }
        return Integer.parseInt(ready.group(group));
    }

    @Override
    public void close() {
        process.close();
    }
}
