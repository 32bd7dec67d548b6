package dev.gangway.servlet.command;

import dev.gangway.servlet.failure.FileProblem;
import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.option.Spelling;
import dev.gangway.servlet.process.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gangway help}: what a command can do, or a page of the documentation, which is installed with the program. */
@Command(name = "help", description = "Prints the help of a command, or a page of the documentation.")
final class HelpCommand implements Callable<Integer> {
    private static final String PAGE = ".md";

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "COMMAND|TOPIC", description = "Without one, a list of both.")
    private String topic;

    @Override
    public Integer call() throws StartFailure {
        PrintWriter out = spec.commandLine().getOut();
        CommandLine gangway = spec.parent().commandLine();
        if (topic == null) {
            gangway.usage(out);
            printTopics(out);
        } else if (gangway.getSubcommands().containsKey(topic)) {
            gangway.getSubcommands().get(topic).usage(out);
        } else {
            out.print(text(page()));
            out.flush();
        }
        return ExitStatus.WANTED;
    }

    private static void printTopics(PrintWriter out) throws StartFailure {
        Map<String, Path> pages = pages();
        if (!pages.isEmpty()) {
            out.println("\nTopics of gangway help:\n  " + String.join(", ", pages.keySet()));
        }
    }

    private Path page() throws StartFailure {
        Map<String, Path> pages = pages();
        if (!pages.containsKey(topic)) {
            String nearest = Spelling.nearest(topic, pages.keySet());
            throw new ParameterException(
                    spec.commandLine(),
                    "no command or topic '" + topic + "'"
                            + (nearest == null ? "" : ", did you mean '" + nearest + "'?"));
        }
        return pages.get(topic);
    }

    /**
     * {@return the pages by name, that of the file, or of its directory if it is the first one there; none if they
     * are not installed}
     */
    private static Map<String, Path> pages() throws StartFailure {
        Path documentation = Installation.find().documentation();
        if (!Files.isDirectory(documentation)) {
            return Map.of();
        }
        try (Stream<Path> files = Files.walk(documentation)) {
            Map<String, Path> pages = new TreeMap<>();
            files.filter(file -> file.toString().endsWith(PAGE)).forEach(file -> pages.put(name(file), file));
            return pages;
        } catch (IOException e) {
            throw new StartFailure(documentation + ": " + FileProblem.reason(e), e);
        }
    }

    private static String name(Path page) {
        String name = page.getFileName().toString().replace(PAGE, "");
        return name.equals("README") ? page.getParent().getFileName().toString() : name;
    }

    private static String text(Path page) throws StartFailure {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new StartFailure(page + ": " + FileProblem.reason(e), e);
        }
    }
}
