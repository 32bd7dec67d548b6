package dev.gangway.servlet.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gangway.fcgi.config.FixedLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands, settings and options that the README and the pages below docs show are understood. */
class DocumentedCommandsTest {
    private static final Pattern SHELL = block("sh");
    private static final Pattern SETTINGS = block("properties");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

    /** Up to a comment, a redirection or the end of a quotation. */
    private static final Pattern IN_SHELL = Pattern.compile("(?:\\./|/opt/gangway/bin/)gangway ([^#>'\n]+)");

    private static final Pattern IN_PROSE = Pattern.compile("^gangway (.+)$");
    private static final Pattern OPTION = Pattern.compile("^(--[a-z-]+)");

    private static final Pattern LIMIT = Pattern.compile("(?m)^\\| `(--[a-z-]+)` \\| ([^|]+) \\|");
    private static final Pattern FIXED =
            Pattern.compile("<!-- fixed-begin -->\n(.*?)<!-- fixed-end -->", Pattern.DOTALL);

    private static final Pattern FIXED_LIMIT = Pattern.compile("(?m)^\\| [^|]+ \\| ([0-9][^|]*) \\|");

    private static final Pattern QUANTITY = Pattern.compile("([0-9]+)( KiB| MiB| min|)");

    /** Found out at the start. */
    private static final Set<String> COMPUTED = Set.of("--connection-threads", "--max-buffered-input-bytes");

    /** What the start script gives to other programs, with the arguments of {@code run}. */
    private static final Set<String> OF_THE_SCRIPT = Set.of("fcgid", "cgi", "config", "status", "stop");

    private final String documents = documents();

    @Test
    void commandsAreUnderstood(@TempDir Path folder) throws IOException {
        Path settings = Files.writeString(
                folder.resolve("gangway.properties"),
                matches(SETTINGS, documents).collect(Collectors.joining()));
        List<String> commands = Stream.concat(
                        matches(SHELL, documents).flatMap(text -> matches(IN_SHELL, text)),
                        matches(CODE, documents).flatMap(text -> matches(IN_PROSE, text)))
                .toList();

        assertThat(commands).hasSizeGreaterThan(10).allSatisfy(command -> assertThatCode(() -> parse(command, settings))
                .doesNotThrowAnyException());
    }

    @Test
    void optionsExist() {
        Set<String> known = commands(commandLine())
                .flatMap(command -> Stream.of(command.optionsMap(), command.negatedOptionsMap()))
                .flatMap(options -> options.keySet().stream())
                .collect(Collectors.toSet());

        assertThat(options()).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void optionsAreDocumented() {
        Set<String> documented =
                options().map(name -> name.replace("--no-", "--")).collect(Collectors.toSet());

        assertThat(commands(commandLine())
                        .flatMap(command -> command.options().stream())
                        .filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
                        .map(OptionSpec::longestName))
                .isNotEmpty()
                .isSubsetOf(documented);
    }

    /** The default column of the table of limits. */
    @ParameterizedTest
    @MethodSource("limits")
    void defaultsAreThoseOfTheCommand(String option, String documented) {
        CommandLine run = commandLine().getSubcommands().get("run");

        Object value = run.getCommandSpec().findOption(option).getValue();

        assertThat(documented).isEqualTo(value == null ? "as above" : value.toString());
    }

    static Stream<Arguments> limits() throws IOException {
        return LIMIT.matcher(Files.readString(Path.of("..", "docs", "limits.md")))
                .results()
                .map((MatchResult row) -> Arguments.of(row.group(1), number(row.group(2))))
                .filter(row -> !COMPUTED.contains(row.get()[0]));
    }

    /** In the order of the table. */
    @Test
    void fixedLimitsAreThoseOfTheCode() {
        assertThat(matches(FIXED, documents)
                        .flatMap(table -> matches(FIXED_LIMIT, table))
                        .map(DocumentedCommandsTest::number)
                        .map(Long::valueOf))
                .containsExactly(
                        (long) FixedLimits.INCOMPLETE_REQUESTS,
                        (long) FixedLimits.INCOMPLETE_REQUESTS_AT_THE_LIMIT,
                        (long) FixedLimits.UNREAD_RESPONSES,
                        (long) FixedLimits.MANAGEMENT_RECORDS,
                        (long) FixedLimits.UNREAD_MANAGEMENT_ANSWERS,
                        TimeUnit.NANOSECONDS.toSeconds(FixedLimits.LINGER_NANOS),
                        FixedLimits.LINGER_BYTES,
                        (long) FixedLimits.FORWARDED_HOPS,
                        (long) FixedLimits.FORWARDED_HOP_LENGTH,
                        (long) FixedLimits.LOG_LINES_PER_MINUTE);
    }

    /** {@return what a table writes as "64 KiB, at most ...", as the number of bytes or seconds that it is} */
    private static String number(String text) {
        String value = text.split("[,;:]")[0];
        if (value.startsWith("no ")) {
            return "0";
        }
        Matcher number = QUANTITY.matcher(value);
        if (!number.lookingAt()) {
            return value;
        }
        long unit =
                switch (number.group(2)) {
                    case " KiB" -> 1024;
                    case " MiB" -> 1024 * 1024;
                    case " min" -> 60;
                    default -> 1;
                };
        return Long.toString(Long.parseLong(number.group(1)) * unit);
    }

    private static void parse(String command, Path settings) {
        List<String> arguments = new ArrayList<>(List.of(command.strip()
                .replace("/etc/gangway/gangway.properties", settings.toString())
                .split("\\s+")));
        if (arguments.size() == 1 && commandLine().getSubcommands().containsKey(arguments.get(0))) {
            // Only its name.
            return;
        }
        if (OF_THE_SCRIPT.contains(arguments.get(0))) {
            arguments.remove("config");
            arguments.set(0, "run");
        }
        commandLine().parseArgs(arguments.toArray(String[]::new));
    }

    private static CommandLine commandLine() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return Main.commandLine(nowhere, nowhere);
    }

    private static Stream<CommandSpec> commands(CommandLine command) {
        return Stream.concat(
                Stream.of(command.getCommandSpec()),
                command.getSubcommands().values().stream().flatMap(DocumentedCommandsTest::commands));
    }

    /** {@return the options that the documents name} */
    private Stream<String> options() {
        return matches(CODE, documents).flatMap(text -> matches(OPTION, text));
    }

    private static String documents() {
        try (Stream<Path> pages = Files.walk(Path.of("..", "docs"))) {
            return Stream.concat(Stream.of(Path.of("..", "README.md")), pages.filter(page -> page.toString()
                            .endsWith(".md")))
                    .map(DocumentedCommandsTest::text)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Pattern block(String language) {
        return Pattern.compile("(?m)^```" + language + "\n(.*?)^```$", Pattern.DOTALL);
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
    }
}
