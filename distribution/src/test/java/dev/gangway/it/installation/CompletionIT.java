package dev.gangway.it.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.TempFolder;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell completes commands and options as the help has them. */
class CompletionIT {
    private static final String FILE =
            Installation.built().home().resolve("completion/gangway").toString();

    /** What bash does when somebody types these words, and then the tabulator. */
    private static final String COMPLETE =
            """
            compopt() { :; } # only while somebody types
            . "$1" && shift
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*"
            COMP_POINT=${#COMP_LINE}
            _complete_gangway
            printf '%s\\n' "${COMPREPLY[@]}"
            """;

    private static final Pattern OPTION = Pattern.compile("(?m)^ +(?:-[a-zA-Z], )?(--[a-z-]+)");

    private final TempFolder folder = TempFolder.create("completion");

    @AfterEach
    void close() {
        folder.close();
    }

    private List<String> complete(String line) {
        Stream<String> bash = Stream.of("bash", "-c", COMPLETE, "bash", FILE, "gangway");
        return Tool.run(
                        folder,
                        Stream.concat(bash, Stream.of(line.split(" ", -1))).toArray(String[]::new))
                .lines()
                .map(String::strip)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"ser, serve", "check ru, run", "run --socket-o, --socket-owner", "serve --sca, --scan", "sto, stop"})
    void oneFits(String line, String word) {
        assertThat(complete(line)).containsExactly(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "serve", "demo", "conformance"})
    void everyOptionIsKnown(String command) {
        String help = Tool.run(folder, Installation.built().command().toString(), command, "--help");
        List<String> options = OPTION.matcher(help)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();

        assertThat(complete(command + " --")).containsAll(options);
    }

    @Test
    void zshLoadsItToo() {
        String loaded = Tool.run(folder, "zsh", "-fc", ". \"$1\" && echo $_comps[gangway]", "zsh", FILE);

        assertThat(loaded).contains("_complete_gangway");
    }
}
