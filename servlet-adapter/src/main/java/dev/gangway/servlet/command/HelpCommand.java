package dev.gangway.servlet.command;

import dev.gangway.servlet.failure.FileProblem;
import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.option.Spelling;
import dev.gangway.servlet.process.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    /** The page that stands for its directory. */
    private static final String FIRST = "README.md";

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "COMMAND|TOPIC",
            description = "A command, such as 'check run', or a page by its name. Without one, a list of both.")
    private List<String> words = List.of();

    @Override
    public Integer call() throws StartFailure {
        PrintWriter out = spec.commandLine().getOut();
        CommandLine command = command();
        if (command != null) {
            command.usage(out);
            if (words.isEmpty()) {
                printTopics(out);
            }
            return ExitStatus.WANTED;
        }
        print(page());
        return ExitStatus.WANTED;
    }

    /** {@return the command that the words name, Gangway itself if there are none; null if they name none} */
    private CommandLine command() {
        CommandLine command = spec.parent().commandLine();
        for (String word : words) {
            command = command == null ? null : command.getSubcommands().get(word);
        }
        return command;
    }

    private void printTopics(PrintWriter out) throws StartFailure {
        Map<String, Path> pages = pages();
        if (!pages.isEmpty()) {
            out.println("\nTopics of gangway help, to which links such as (running.md) lead:\n  "
                    + String.join(", ", pages.keySet()));
        }
    }

    private Path page() throws StartFailure {
        Map<String, Path> pages = pages();
        String wanted = String.join(" ", words);
        Path page = pages.getOrDefault(topic(wanted), pages.get(topic(wanted).replace(PAGE, "")));
        if (page == null) {
            Set<String> known = new LinkedHashSet<>(spec.parent().subcommands().keySet());
            known.addAll(pages.keySet());
            throw new ParameterException(
                    spec.commandLine(), "no command or topic '" + wanted + "'" + Spelling.hint(wanted, known));
        }
        return page;
    }

    /** {@return the topic to which a link in a page leads, such as {@code ../running.md#signals}; or else the word} */
    private static String topic(String link) {
        String path = link.replaceFirst("#.*", "").replaceFirst("/" + FIRST + "$", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** {@return the pages by topic; none if they are not installed} */
    private Map<String, Path> pages() throws StartFailure {
        Path documentation = Installation.isKnown() ? Installation.find().documentation() : null;
        if (documentation == null || !Files.isDirectory(documentation)) {
            return Map.of();
        }
        try (Stream<Path> files = Files.walk(documentation)) {
            Map<String, Path> pages = new TreeMap<>();
            files.filter(file -> file.toString().endsWith(PAGE)).forEach(file -> pages.put(topic(file), file));
            return pages;
        } catch (IOException | UncheckedIOException e) {
            throw new StartFailure(documentation + ": " + FileProblem.reason(e), e);
        }
    }

    /** {@return the name of a page: that of its file, with the extension only if a command has the same name} */
    private String topic(Path file) {
        String name = topic(file.toString());
        String plain = name.replace(PAGE, "");
        return spec.parent().subcommands().containsKey(plain) ? name : plain;
    }

    /** The pages are UTF-8 whatever the locale says, as are terminals. */
    private static void print(Path page) throws StartFailure {
        try {
            System.out.writeBytes(Files.readAllBytes(page));
            System.out.flush();
        } catch (IOException e) {
            throw new StartFailure(page + ": " + FileProblem.reason(e), e);
        }
    }
}
