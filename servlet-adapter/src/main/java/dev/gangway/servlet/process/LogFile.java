package dev.gangway.servlet.process;

import dev.gangway.servlet.failure.StartFailure;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Sends the log, and whatever applications print, to a file instead of the standard streams. */
public final class LogFile {
    private LogFile() {}

    /** Call it before anything logs. */
    public static void open(Path file) throws StartFailure {
        try {
            PrintStream stream =
                    new PrintStream(new FileOutputStream(file.toFile(), true), true, StandardCharsets.UTF_8);
            System.setOut(stream);
            System.setErr(stream);
        } catch (IOException e) {
            throw new StartFailure("cannot write the log: " + e.getMessage(), e);
        }
    }
}
