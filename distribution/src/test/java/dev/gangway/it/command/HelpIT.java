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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documentation is installed with the program, and the program prints it. */
class HelpIT {
    private static final Pattern OPTION = Pattern.compile("(?m)^ +(?:-[a-zA-Z], )?(--[a-z-]+)");

    private static String help(String topic) {
        try (Command help = Command.gangway("help", topic)) {
            assertThat(help.await()).as(help.err()).isZero();
            return help.out();
        }
    }

    @Test
    void listsCommandsAndEveryPage() {
        try (Command help = Command.gangway("help")) {
            assertThat(help.await()).as(help.err()).isZero();
            assertThat(help.out()).contains("conformance ", "Topics of gangway help:");
            String topics = help.out().substring(help.out().indexOf("Topics"));
            assertThat(topics.lines().skip(1).findFirst().orElseThrow().strip().split(", "))
                    .hasSameSizeAs(Documents.all().keySet().stream()
                            .filter(page -> page.startsWith("docs"))
                            .toList())
                    .contains("running", "nginx", "web-servers", "limits");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"limits", "web-servers/haproxy", "web-servers/README"})
    void printsAPage(String page) {
        String topic = page.endsWith("README") ? "web-servers" : page.substring(page.indexOf('/') + 1);

        assertThat(help(topic)).isEqualTo(Documents.all().get(Path.of("docs", page + ".md")));
    }

    @Test
    void printsTheHelpOfACommand() {
        try (Command run = Command.gangway("run", "--help")) {
            assertThat(run.await()).isZero();
            assertThat(help("run")).isEqualTo(run.out());
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
        }
    }

    @Test
    void knowsWhatIsMeant() {
        try (Command help = Command.gangway("help", "ngnix")) {
            assertThat(help.await()).isEqualTo(2);
            assertThat(help.err())
                    .isEqualTo("gangway: no command or topic 'ngnix', did you mean 'nginx'?"
                            + " (see gangway help --help)\n");
        }
    }
}
