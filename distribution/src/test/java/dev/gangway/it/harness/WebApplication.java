package dev.gangway.it.harness;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** A directory with the content of a WAR, made of resources and compiled against the jars of an environment. */
public record WebApplication(Path directory, Environment environment) {
    private static final Path RESOURCES = Path.of("src/test/resources");

    public static WebApplication create(Path directory, Environment environment) throws IOException {
        Files.createDirectories(directory.resolve("WEB-INF/lib"));
        return new WebApplication(directory, environment);
    }

    /** Copies a file, with the names of the environment in it. */
    public WebApplication copy(String resource, String target) throws IOException {
        Path file = directory.resolve(target);
        Files.createDirectories(file.getParent());
        Files.writeString(file, fill(RESOURCES.resolve(resource)));
        return this;
    }

    public WebApplication write(String target, String text) throws IOException {
        Path file = directory.resolve(target);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    /** Compiles all sources of a folder into {@code WEB-INF/classes}. */
    public WebApplication classes(String folder) throws IOException {
        compile(RESOURCES.resolve(folder), directory.resolve("WEB-INF/classes"));
        return this;
    }

    /** Compiles all sources of a folder into a library, which gets some more files. */
    public WebApplication library(String folder, Map<String, String> files) throws IOException {
        Path content = Files.createTempDirectory("gangway-library-");
        try {
            compile(RESOURCES.resolve(folder), content);
            WebApplication library = new WebApplication(content, environment);
            for (Map.Entry<String, String> file : files.entrySet()) {
                library.write(file.getKey(), file.getValue());
            }
            library.pack(
                    directory.resolve("WEB-INF/lib").resolve(Path.of(folder).getFileName() + ".jar"));
        } finally {
            delete(content);
        }
        return this;
    }

    /** Adds a library that others have made. */
    public WebApplication library(Path jar) throws IOException {
        Files.copy(jar, directory.resolve("WEB-INF/lib").resolve(jar.getFileName()));
        return this;
    }

    /** A resource, with the names of the environment in it. */
    public String text(String resource) throws IOException {
        return fill(RESOURCES.resolve(resource));
    }

    /** Makes an archive of it. */
    public Path pack(Path archive) throws IOException {
        try (OutputStream file = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Path path : files(directory, "")) {
                zip.putNextEntry(new ZipEntry(directory.relativize(path).toString()));
                Files.copy(path, zip);
            }
        }
        return archive;
    }

    private void compile(Path sources, Path target) throws IOException {
        Path filled = Files.createTempDirectory("gangway-sources-");
        List<String> arguments = new ArrayList<>(List.of(
                "--release",
                "17",
                "-encoding",
                "UTF-8",
                "-proc:none",
                "-classpath",
                classPath(),
                "-d",
                target.toString()));
        for (Path source : files(sources, ".java")) {
            Path copy = filled.resolve(source.getFileName());
            arguments.add(Files.writeString(copy, fill(source)).toString());
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new AssertionError("cannot compile " + sources + " for " + environment);
        }
        delete(filled);
    }

    private String classPath() throws IOException {
        List<Path> jars = new ArrayList<>(files(environment.libraries(), ".jar"));
        jars.addAll(files(directory, ".jar"));
        jars.addAll(files(Installation.built().home().resolve("api"), ".jar"));
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private String fill(Path file) throws IOException {
        return Template.fill(Files.readString(file), environment.placeholders());
    }

    private static List<Path> files(Path directory, String suffix) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(
                            file -> Files.isRegularFile(file) && file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
