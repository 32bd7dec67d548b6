package dev.gangway.conformance.difference;

import dev.gangway.conformance.reference.Reference;
import dev.gangway.it.harness.Await;
import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.FreePort;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.TempFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A running {@link Reference}.
 *
 * @param direct  the port for clients
 * @param proxied the port for proxies
 * @param secure  the port for clients by TLS
 */
record ReferenceProcess(ChildProcess process, int direct, int proxied, int secure) implements AutoCloseable {
    static ReferenceProcess start(TempFolder folder, List<String> applications) {
        int direct = FreePort.find();
        int proxied = FreePort.find();
        int secure = FreePort.find();
        Path home = Installation.built().home();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-Dgangway.home=" + home,
                "-cp",
                home.resolve("lib/core") + "/*:" + System.getProperty("reference.classes"),
                Reference.class.getName(),
                Integer.toString(direct),
                Integer.toString(proxied),
                Integer.toString(secure),
                folder.path().toString()));
        command.addAll(applications);
        ChildProcess process = ChildProcess.start(folder.resolve("reference.log"), Map.of(), command);
        return new ReferenceProcess(process, direct, proxied, secure);
    }

    void awaitReady() {
        Await.until("reference is ready", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("reference ended:\n" + process.log());
            }
            return process.log().contains("reference: ready");
        });
    }

    @Override
    public void close() {
        process.close();
    }
}
