package dev.gangway.servlet.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.servlet.process.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the settings of a command come from, as {@code gangway check} tells it. */
class ConfigurationFileTest {
    @TempDir
    private Path folder;

    @Test
    void fileHasTheValuesThatTheCommandLineLacks() throws IOException {
        Path file = file("threads = 50\nlisten = tcp:127.0.0.1:9000\nmax-params = 7\n");

        Execution check = check("--config " + file + " --threads 60 --static .");

        assertThat(check.out().lines())
                .contains(
                        "threads = 60   (command line)",
                        "listen = tcp:127.0.0.1:9000   (" + file + ":2)",
                        "max-params = 7   (" + file + ":3)",
                        "max-connections = 10000   (default)");
        assertThat(check.status()).isZero();
        assertThat(check.err()).isEmpty();
    }

    @Test
    void severalValuesAreSeparatedByCommas() throws IOException {
        Path file = file("listen = tcp:127.0.0.1:9000, \\\n    tcp:[::1]:9000\napp=/a=. , /b=.\nattributes=A, B*\n");

        assertThat(check("--config " + file).out().lines())
                .contains(
                        "app = /a=., /b=.   (" + file + ":3)",
                        "listen = tcp:127.0.0.1:9000, tcp:[::1]:9000   (" + file + ":1)",
                        "attributes = A, B*   (" + file + ":4)");
    }

    @Test
    void switchesAreTrueOrFalse() throws IOException {
        Path file = file("multiplexing = false\nhalf-close = tolerate\n");

        assertThat(check("--http 0 --static . --config " + file).out().lines())
                .contains("multiplexing = false   (" + file + ":1)", "half-close = tolerate   (" + file + ":2)");
        assertThat(check("--http 0 --static . --multiplexing --config " + file)
                        .out()
                        .lines())
                .contains("multiplexing = true   (command line)");
    }

    @Test
    void fileIsThatOfAnyPropertiesReader() throws IOException {
        Path file = file("# listen = nowhere\\\n! neither\n\n  threads:50\nsocket-group   s\\u00e4mple # and all\n");

        assertThat(check("--http 0 --static . --config " + file).out().lines())
                .contains("threads = 50   (" + file + ":4)", "socket-group = s\u00e4mple # and all   (" + file + ":5)");
    }

    @Test
    void variablesOfTheEnvironmentMayBeUsed() throws IOException {
        Path file = file("socket-group = x${env:PATH}\n");

        assertThat(check("--http 0 --static . --config " + file).out())
                .contains("socket-group = x" + System.getenv("PATH") + "   (" + file + ":1)");
    }

    @Test
    void variableMayHaveADefault() throws IOException {
        Path file = file(
                "socket-group = ${env:NOT_SET:-www-${sys:no.such:-data}}\n"
                        + "log = ${env:PATH:-x}\naccess-log = $${env:PATH}$\nroles-param = ${sys:user.dir}\ntrust-remote-user=yes\n");

        assertThat(check("--http 0 --static . --config " + file).out())
                .contains("socket-group = www-data   (" + file + ":1)")
                .contains("log = " + System.getenv("PATH") + "   (" + file + ":2)")
                .contains("access-log = ${env:PATH}$   (" + file + ":3)")
                .contains("roles-param = " + System.getProperty("user.dir") + "   (" + file + ":4)");
    }

    @Test
    void sizesAndTimesMayHaveUnits() throws IOException {
        Path file = file("max-body-bytes = 10M\nmax-params-bytes = 64k\nstop-timeout = 2m\nstall-timeout = 7s\n"
                + "idle-exit = 1h\nmin-body-rate = 1 KiB\nmultiplexing = no\n");

        assertThat(check("--http 0 --static . --config " + file).out().lines())
                .contains(
                        "max-body-bytes = 10485760   (" + file + ":1)",
                        "max-params-bytes = 65536   (" + file + ":2)",
                        "stop-timeout = 120   (" + file + ":3)",
                        "stall-timeout = 7   (" + file + ":4)",
                        "idle-exit = 3600   (" + file + ":5)",
                        "min-body-rate = 1024   (" + file + ":6)",
                        "multiplexing = false   (" + file + ":7)");
    }

    @Test
    void eachCommandHasItsOwnSettings() throws IOException {
        Path file = file("dir = " + folder + "\nscan = 0\nhttp = 0\n");

        assertThat(Execution.of(folder, "check serve --config " + file).out().lines())
                .contains("dir = " + folder + "   (" + file + ":1)", "scan = 0   (" + file + ":2)");
        assertThat(check("--config " + file).err()).contains(file + ":1: 'dir' is a setting of gangway serve");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "serve"})
    void everyOptionOfTheCommandLineIsASetting(String command) {
        String help = Execution.of(folder, command + " --help").out();
        String settings =
                Execution.of(folder, "check " + command + " --http 0 .").out();

        assertThat(help.lines().filter(line -> line.matches(" {2,6}(-., )?--.*")))
                .hasSizeGreaterThan(20)
                .allSatisfy(line -> {
                    String name = line.replaceAll("(^ +(-., )?--(\\[no-])?)|[=\\[ ].*", "");
                    if (!name.matches("help|version|config")) {
                        assertThat(settings).containsPattern("(?m)^" + name + " = ");
                    }
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lisen = unix:/s | :1: unknown setting 'lisen', did you mean 'listen'?",
                "#~stop-timeot = 3 | :2: unknown setting 'stop-timeot', did you mean 'stop-timeout'?",
                "config = other | :1: unknown setting 'config'",
                "help = true | :1: unknown setting 'help'",
                "log = a~#~log = b | :3: 'log' is set in line 1 already; separate several values by commas",
                "~threads = many | :2: Invalid value for option '--threads': 'many' is not a whole number",
                "~threads = 3 | :2: threads is 3, want at least 8",
                "~stop-timeout = -1 | :2: stop-timeout is -1, want at least 0",
                "max-params = 0 | :1: maxParams is 0, want at least 1",
                "socket-mode = rw | :1: socket-mode is 'rw', want octal digits such as 0660",
                "multiplexing = perhaps | :1: Invalid value for option '--multiplexing': 'perhaps' is neither yes nor no",
                "half-close = x | :1: Invalid value for option '--half-close'",
                "listen = here | :1: Invalid value for option '--listen' (ADDRESS): 'here' is not an address",
                "context-path = shop | :1: context-path is 'shop', want / or /NAME",
                "multiplexing = no   ! not here | :1: Invalid value for option '--multiplexing': 'no   ! not here' is neither"
                        + " yes nor no; a comment needs a line of its own",
                "dir = /srv | :1: 'dir' is a setting of gangway serve",
                "zzzzzzzzzz = 1 | :1: unknown setting 'zzzzzzzzzz' (see",
                "max-body-bytes = 10X | :1: Invalid value for option '--max-body-bytes': '10X' is not a whole number of"
                        + " bytes, for example 10485760 or 10M",
                "stop-timeout = soon | :1: Invalid value for option '--stop-timeout': 'soon' is not a whole number of"
                        + " seconds, for example 300, 300s or 5m",
                "#~allow-peers = ${env:NOT_SET} | :2: 'allow-peers': there is no value for ${env:NOT_SET}; set it, or write"
                        + " ${env:NOT_SET:-DEFAULT}",
                "secret-file = ${env:NOT_SET}/secret | :1: 'secret-file': there is no value for ${env:NOT_SET}",
                "users = ${env:NOT_SET:-${env:NEITHER}} | :1: 'users': there is no value for ${env:NEITHER}",
                "users = ${NOT_SET} | :1: 'users': '${NOT_SET}' is not a reference, want ${env:NAME}",
                "users = ${env:NOT_SET | :1: 'users': '${env:NOT_SET' lacks a closing brace",
                "secret-file = | :1: 'secret-file' has no value; leave the line out for the default",
                "allow-peers = ${env:NOT_SET:-} | :1: 'allow-peers' has no value",
                "log = \\uzzzz | :1: Malformed"
            })
    void mistakeIsOneLineWithItsPlace(String text, String message) throws IOException {
        Path file = file(text.replace('~', '\n'));

        for (String command : new String[] {"run", "check run"}) {
            Execution execution = Execution.of(folder, command + " . --http 0 --config " + file);

            assertThat(execution.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(execution.err())
                    .startsWith("gangway: " + file + message)
                    .endsWith(" (see gangway " + command + " --help)\n")
                    .hasLineCount(1);
            assertThat(execution.out()).isEmpty();
        }
    }

    @Test
    void commentBehindAnApplication() throws IOException {
        Path file = file("http = 0\napp = /srv/shop.war   # mine\n");

        assertThat(check("--config " + file).err())
                .isEqualTo(
                        "gangway: " + file + ":2: APP '/srv/shop.war   # mine' has a name that gives no context path;"
                                + " write /PATH=/srv/shop.war   # mine; a comment needs a line of its own"
                                + " (see gangway check run --help)\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run | app =",
                "run | app = ,",
                "run | app = /x=",
                "serve | dir =",
                "serve | dir = ${env:NOT_SET:-}"
            })
    void emptyPlaceIsAMistake(String command, String setting) throws IOException {
        Path file = file("http = 0\n" + setting + "\n");

        for (String words : new String[] {command, "check " + command}) {
            Execution execution = Execution.of(folder, words + " --config " + file);

            assertThat(execution.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(execution.err()).startsWith("gangway: " + file + ":2: ").hasLineCount(1);
        }
    }

    @Test
    void mistakeInTheCommandLineIsNotBlamedOnTheFile() throws IOException {
        Path file = file("threads = 50\n");

        assertThat(check("--http 0 --static . --threads many --config " + file).err())
                .startsWith("gangway: Invalid value");
        assertThat(check("--http 0 --static . --threads 3 --config " + file).err())
                .startsWith("gangway: threads is 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no/such/file | no such file", ". | Is a directory"})
    void fileThatCannotBeRead(String example) {
        String[] parts = example.split(" \\| ");

        Execution check = check("--http 0 --static . --config " + parts[0]);

        assertThat(check.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(check.err())
                .startsWith("gangway: cannot read " + parts[0] + ": " + parts[1])
                .hasLineCount(1);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("gangway.properties"), text);
    }

    private Execution check(String arguments) {
        return Execution.of(folder, "check run " + arguments);
    }
}
