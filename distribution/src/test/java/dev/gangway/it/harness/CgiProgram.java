package dev.gangway.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A CGI program as {@code gangway config cgi} prints it, and the daemons that it starts. */
public record CgiProgram(TempFolder folder) implements AutoCloseable {
    /** The program that passes requests to the sample, with further options. */
    public static CgiProgram print(Installation installation, Map<String, String> environment, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of(installation.sampleWar().toString()));
        arguments.addAll(List.of(options));
        return print(installation, environment, arguments);
    }

    public static CgiProgram print(Installation installation, Map<String, String> environment, List<String> arguments) {
        TempFolder folder = TempFolder.create("cgi");
        List<String> command = new ArrayList<>(List.of(installation.command().toString(), "config", "cgi"));
        command.addAll(arguments);
        Path program = folder.resolve("app");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(program.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("GANGWAY_RUN_DIR", folder.resolve("daemon").toString());
        builder.environment().putAll(environment);
        try {
            if (builder.start().waitFor() != 0) {
                throw new AssertionError("gangway config cgi failed");
            }
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return new CgiProgram(folder);
    }

    /** The placeholders of configurations that start it. */
    public Map<String, String> placeholders() {
        return Map.of("cgi", folder.path().toString());
    }

    public SharedDaemons daemons() {
        return new SharedDaemons(folder.resolve("daemon"));
    }

    @Override
    public void close() {
        daemons().stop();
        folder.close();
    }
}
