package dev.gangway.it.command;

import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.WebApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * An application that fails at a moment of its life, in a certain manner. Its page {@code /version} says which it is.
 */
final class FailingApplication {
    private final WebApplication application;

    private FailingApplication(WebApplication application) {
        this.application = application;
    }

    static FailingApplication create(Path directory, Environment environment) throws IOException {
        return new FailingApplication(
                WebApplication.create(directory, environment).classes("isolation/classes"));
    }

    /** Puts a version that does not fail in its place, in one step. */
    Path sound(Path war, String version) throws IOException {
        return failing(war, version, "", "");
    }

    /**
     * Puts a version that fails in its place, in one step.
     *
     * @param manner an error, or what else {@code Life} knows
     */
    Path failing(Path war, String version, String moment, String manner) throws IOException {
        application.write(
                "WEB-INF/web.xml",
                application
                        .text("isolation/web.xml")
                        .replace("@moment@", moment)
                        .replace("@manner@", manner)
                        .replace("@number@", version));
        application.write("number.txt", version);
        Path hidden = application.pack(war.resolveSibling("." + war.getFileName()));
        return Files.move(hidden, war, StandardCopyOption.REPLACE_EXISTING);
    }
}
