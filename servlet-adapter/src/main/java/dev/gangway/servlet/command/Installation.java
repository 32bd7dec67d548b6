package dev.gangway.servlet.command;

import dev.gangway.servlet.failure.StartFailure;
import java.nio.file.Path;

/** The directory that the start script belongs to. */
record Installation(Path home) {
    /** Set by the start script. */
    private static final String PROPERTY = "gangway.home";

    /** {@return whether the start script has started this process} */
    static boolean isKnown() {
        return System.getProperty(PROPERTY) != null;
    }

    static Installation find() throws StartFailure {
        String home = System.getProperty(PROPERTY);
        if (home == null) {
            throw new StartFailure("do not know where gangway is installed; start it with bin/gangway");
        }
        return new Installation(Path.of(home));
    }

    Path libraries() {
        return home.resolve("lib");
    }

    Path documentation() {
        return home.resolve("doc");
    }

    Path sampleApplication() {
        return home.resolve("demo/sample.war");
    }
}
