package dev.gangway.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Documents;
import dev.gangway.it.harness.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documentation is installed with the program, and the program prints it. */
class HelpIT {
    private static final Pattern STATUS = Pattern.compile("(?m)^ +(\\d+) +(\\S.*)$");
    private static final Pattern OPTION = Pattern.compile("(?m)^ +(?:-[a-zA-Z], )?(--[a-z-]+)");

    private static String help(String... words) {
        try (Command help = Command.gangway(
                Stream.concat(Stream.of("help"), Stream.of(words)).toArray(String[]::new))) {
            assertThat(help.await()).as(help.err()).isZero();
            return help.out();
        }
    }

    /** A command has the same name as one of them. */
    private static String topic(Path page) {
        String name = page.getFileName().toString();
        return switch (name) {
            case "README.md" -> page.getParent().getFileName().toString();
            case "conformance.md" -> name;
            default -> name.replace(".md", "");
        };
    }

    @Test
    void listsCommandsAndEveryPage() {
        try (Command help = Command.gangway("help")) {
            assertThat(help.await()).as(help.err()).isZero();
            assertThat(help.out()).contains("conformance ", "Topics of gangway help");
            String topics = help.out().substring(help.out().indexOf("Topics"));
            assertThat(topics.lines().skip(1).findFirst().orElseThrow().strip().split(", "))
                    .containsExactlyInAnyOrderElementsOf(Documents.all().keySet().stream()
                            .filter(page -> page.startsWith("docs"))
                            .map(HelpIT::topic)
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "limits, limits.md",
        "haproxy, web-servers/haproxy.md",
        "web-servers, web-servers/README.md",
        "conformance.md, conformance.md",
        "../running.md#signals, running.md",
        "web-servers/README.md#both-directions-at-once, web-servers/README.md"
    })
    void printsAPageByItsNameOrALinkToIt(String topic, String page) {
        assertThat(help(topic)).isEqualTo(Documents.all().get(Path.of("docs").resolve(page)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "check run", "conformance"})
    void printsTheHelpOfACommand(String command) {
        try (Command run = Command.gangway((command + " --help").split(" "))) {
            assertThat(run.await()).isZero();
            assertThat(help(command.split(" "))).isEqualTo(run.out());
        }
    }

    /** The pages have more than ASCII. */
    @Test
    void printsAPageInAnyLocale() {
        List<String> words = Command.withGangway(List.of("env", "LC_ALL=C"), "help", "security");
        try (Command help = Command.start(builder -> {}, words)) {
            assertThat(help.await()).isZero();
            assertThat(help.out()).isEqualTo(Documents.all().get(Path.of("docs", "security.md")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "serve", "check-run", "demo", "conformance"})
    void manualPageHasEveryOption(String command) throws IOException {
        List<String> words = new ArrayList<>(List.of(command.split("-")));
        words.add("--help");
        String manual = Files.readString(Installation.built().home().resolve("man/man1/gangway-" + command + ".1"))
                .replace("\\-", "-");

        try (Command help = Command.gangway(words.toArray(String[]::new))) {
            assertThat(help.await()).isZero();
            List<String> options = OPTION.matcher(help.out())
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            assertThat(options).contains("--help").allSatisfy(option -> assertThat(manual)
                    .contains("\\fB" + option + "\\fP"));
            assertThat(STATUS.matcher(help.out()).results().map(match -> match.group(2)))
                    .isNotEmpty()
                    .allSatisfy(status -> assertThat(manual).contains(status));
        }
    }

    @Test
    void knowsWhatIsMeant() {
        for (String[] words : new String[][] {{"ngnix", "nginx"}, {"serv", "serve"}}) {
            try (Command help = Command.gangway("help", words[0])) {
                assertThat(help.await()).isEqualTo(2);
                assertThat(help.err())
                        .isEqualTo("gangway: no command or topic '%s', did you mean '%s'? (see gangway help --help)%n"
                                .formatted(words[0], words[1]));
            }
        }
    }
}
