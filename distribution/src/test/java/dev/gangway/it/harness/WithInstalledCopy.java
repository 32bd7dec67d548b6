package dev.gangway.it.harness;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests of what a web server starts as its own user, who may not read where the build is. */
public abstract class WithInstalledCopy {
    protected static Installation installation;
    protected static TempFolder folder;

    @BeforeAll
    static void install() {
        folder = TempFolder.create("installation");
        installation = Installation.copyTo(folder);
    }

    @AfterAll
    static void uninstall() {
        folder.close();
    }
}
