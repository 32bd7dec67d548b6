package dev.gangway.conformance.difference;

import dev.gangway.it.harness.Certificates;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.Level;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.util.List;

/** The same applications twice: in Gangway and in the reference. */
final class Applications implements AutoCloseable {
    private static final String USERS =
            """
            joe: joes-password,user
            ann: anns-password,user,admin
            CN\\=joe,\\ O\\=house: none,user
            """;

    private final TempFolder folder = TempFolder.create("difference");
    private final Certificates certificates = Certificates.create(folder);
    private final GangwayProcess gangway;
    private final ReferenceProcess reference;

    Applications(List<Level> levels) throws IOException {
        folder.write("users.properties", USERS);
        List<String> applications = Wars.build(folder, levels);
        // Both start at the same time.
        reference = ReferenceProcess.start(folder, applications);
        gangway = GangwayProcess.start(applications, "--users=" + folder.resolve("users.properties"));
        reference.awaitReady();
    }

    TempFolder folder() {
        return folder;
    }

    Certificates certificates() {
        return certificates;
    }

    GangwayProcess gangway() {
        return gangway;
    }

    ReferenceProcess reference() {
        return reference;
    }

    @Override
    public void close() {
        gangway.close();
        reference.close();
        folder.keepLogs();
        folder.close();
    }
}
