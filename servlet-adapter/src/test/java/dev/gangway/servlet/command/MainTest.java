package dev.gangway.servlet.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.servlet.option.Quantity;
import dev.gangway.servlet.process.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What users get when they make a mistake: one line that says what is wrong and what to do, and an exit status. */
class MainTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--version | Gangway",
                "--help | Exit status:",
                "--help | fcgid",
                "--help | cgi",
                "--help | config cgi",
                "run --help | --listen=ADDRESS",
                "run --help | --ee=ENVIRONMENT",
                "run --help | Where it listens:",
                "run --help | Roles and users:",
                "run --help | For those who watch over it:",
                "run --help | gangway run shop.war --listen unix:/run/gangway/app.sock",
                "serve --help | gangway serve /srv/webapps --listen unix:/run/gangway/app.sock",
                "check run --help | it would start",
                "run --version | Gangway",
                "help | Exit status:",
                "help serve | --scan=SECONDS",
                "version | Gangway",
                "demo --help | --http=[HOST:]PORT"
            })
    void helpAndVersionAreASuccess(String arguments, String text) {
        Execution execution = Execution.of(home, arguments);

        assertThat(execution.status()).isEqualTo(ExitStatus.WANTED);
        assertThat(execution.out()).contains(text);
        assertThat(execution.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | Missing required subcommand",
                "walk | Unmatched argument at index 0: 'walk'",
                "run | Missing required parameter: 'APP'",
                "run a.war | nowhere to listen: give --listen ADDRESS",
                "run a.war --listen here | 'here' is not an address, want unix:PATH, tcp:HOST:PORT or fd:0",
                "run a.war --ee ee7 | 'ee7' is not an environment, want ee8, ee9, ee10 or ee11",
                "run a.war --listen fd:3 | FastCGI hands over descriptor 0 only",
                "run a.war --listen unix:/s --listen unix:/s | given twice",
                "run a.war --listen unix:/s --socket-mode 0777 | want 0660 or stricter",
                "run a.war --takeover --listen tcp:[::1]:1 | --takeover is for unix: sockets, not for tcp:[::1]:1: when a",
                "run a.war --takeover --listen unix:/s,tcp:[::1]:1 | --takeover is for unix: sockets, not for tcp:[::1]:1:",
                "run a.war --takeover --listen fd:0 | --takeover is for unix: sockets, not for fd:0: that socket belongs",
                "serve . --takeover --listen unix:/s --http 0 | --takeover cannot be used with --http: the running process",
                "run a.war --takeover | nowhere to listen",
                "run a.war --http x:y | 'y' is not a port",
                "run a.war --http 0 --threads 3 | want at least 8",
                "run a.war --http 0 --stop-timeout -1 | want at least 0",
                "run a.war --http 0 --max-params 0 | maxParams is 0, want at least 1",
                "run a.war --http 0 --half-close maybe | 'maybe'",
                "run a.war --http 0 --port-from proxy | 'proxy'",
                "run a.war --http 0 --redirects never | 'never'",
                "run a.war --http 0 --params-charset ebcdic | 'ebcdic'",
                "run a.war --http 0 --ping ping | ping is 'ping', want a path of letters, digits and - . _ ~ such as /ping",
                "run a.war --http 0 --ping / | ping is '/', want",
                "run a.war --http 0 --ping /a/../b | ping is '/a/../b', want",
                "run a.war --http 0 --ping /a?b | ping is '/a?b', want",
                "run a.war --http 0 --status /a%20b --status-allow ::1 | status is '/a%20b', want",
                "run a.war --http 0 --status /s | --status needs --status-allow",
                "run a.war --http 0 --status-allow ::1 | --status-allow is of no use without --status",
                "run a.war --http 0 --ping /s --status /s --status-allow ::1 | --ping and --status are the same path, /s",
                "run a.war --http 0 --status /s --status-allow host | status-allow: 'host' is not an address or a range of addresses, nor user:NAME",
                "run a.war --http 0 --status /s --status-allow user: | status-allow has 'user:' without a name",
                "run a.war --http 0 --status /s --status-allow user:joe | of no use without --trust-remote-user",
                "run a.war --http 0 --status-listen fd:0 | status-listen is fd:0, want unix:PATH or tcp:HOST:PORT",
                "run a.war --http 0 --no-such-option | Unknown option: '--no-such-option'",
                "run a.war --listn unix:/s | Unknown option: '--listn', did you mean '--listen'? (see",
                "run a.war --http 0 --autorizer=/x | '--autorizer=/x', did you mean '--authorizer'? (see",
                "chek | Unmatched argument at index 0: 'chek', did you mean 'check'? (see",
                "run a.war --http 0 --context-path a | context-path is 'a', want",
                "run a.war b.war --http 0 --context-path /a | --context-path is for a single application",
                "run a.war x/a.war --http 0 | two applications at /a;",
                "run /b=a.war b.war --http 0 | two applications at /b;",
                "serve --http 0 | Missing required parameter: 'DIR'",
                "serve . | nowhere to listen",
                "serve . other --http 0 | Unmatched argument at index 2: 'other'",
                "serve . --http 0 --scan -1 | scan is -1, want at least 0",
                "help walk | no command or topic 'walk'",
                "hlep | Unmatched argument at index 0: 'hlep', did you mean 'help'?",
                "run --http 0 app##2.war | APP 'app##2.war' has a name that gives no context path; write /PATH=app##2.war",
                "run --http 0 /x= | '/x=' names no file",
                "run --http 0 a.war --threads some | Invalid value for option '--threads': 'some' is not a whole number",
                "run --http 0 a.war --max-params-bytes 9G | Invalid value for option '--max-params-bytes': '9G' is too large",
                "run --http 0 a.war --max-body-bytes 99999999999G | '99999999999G' is too large",
                "run --http 0 a.war --usres=x | '--usres=x', did you mean '--users'? (see",
                "run --http 0 a.war --zzzzzzzzz | Unknown option: '--zzzzzzzzz' (see"
            })
    void mistakeInTheCommandLineIsOneLineAndStatusTwo(String arguments, String text) {
        Execution execution = Execution.of(home, arguments);

        assertFailure(execution, ExitStatus.USAGE, text);
        assertThat(execution.out()).isEmpty();
    }

    /**
     * An empty word is a variable that a script did not set; it must not stand for the current directory or a default.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run~~--http~0 | '' names no file",
                "run~ ~--http~0 | ' ' names no file",
                "run~a.war~~--http~0 | Unmatched argument at index 2: ''",
                "serve~~--http~0 | DIR is empty",
                "serve~ ~--http~0 | DIR is empty",
                "check~serve~~--http~0 | DIR is empty",
                "run~a.war~--http~0~--secret-file~ | --secret-file is empty",
                "run~a.war~--http~0~--allow-peers~ | --allow-peers is empty",
                "run~a.war~--http~0~--allow-peers~, | --allow-peers is empty",
                "run~,~--http~0 | APP is empty",
                "run~a.war~--http~0~--users= | --users is empty",
                "run~a.war~--http~0~--log= | --log is empty",
                "run~a.war~--http~0~--lib= | --lib is empty",
                "run~a.war~--http~0~--config= | --config is empty",
                "run~a.war~--http~0~--socket-group= | --socket-group is empty"
            })
    void emptyWordIsAMistake(String words, String text) {
        Execution execution = Execution.of(home, words.split("~", -1));

        assertFailure(execution, ExitStatus.USAGE, text);
    }

    @Test
    void contextPathIsForAFileWithAnyName() {
        Execution execution = Execution.of(home, "check", "run", "no app.war", "--context-path", "/app", "--http", "0");

        assertThat(execution.out()).contains("app = /app=no app.war");
    }

    /** Every option with a unit takes one. */
    @ParameterizedTest
    @ValueSource(strings = {"run", "serve"})
    void sizesAndTimesTakeUnits(String command) {
        CommandLine line = Main.commandLine(new PrintWriter(System.out), new PrintWriter(System.err))
                .getSubcommands()
                .get(command);

        assertThat(line.getCommandSpec().options())
                .filteredOn(option -> option.paramLabel().matches("BYTES|SECONDS"))
                .hasSizeGreaterThan(10)
                .allSatisfy(option -> assertThat(option.converters())
                        .as(option.longestName())
                        .singleElement()
                        .extracting(converter -> converter.getClass().getEnclosingClass())
                        .isEqualTo(Quantity.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run no/such.war --http 0 | there is no no/such.war",
                "serve no/such --http 0 | there is no directory",
                "serve pom.xml --http 0 | is not a directory; gangway run serves a single application",
                "demo --http 0 | there is no",
                "run . --http 0 --users no/such | cannot read the users: there is no no/such",
                "run . --http 0 --users . | cannot read the users: . is a directory",
                "run . --http 0 --log /no/such/directory/log | cannot write the log: /no/such/directory/log",
                "run . --http 0 --access-log /no/such/directory/log | cannot write the access log"
            })
    void failureToStartIsOneLineAndStatusOne(String arguments, String text) {
        Execution execution = Execution.of(home, arguments);

        assertFailure(execution, ExitStatus.FAILED, text);
        assertThat(execution.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | no user in",
                "# joe: x | no user in",
                "joe | user 'joe' in",
                "joe: ,admin | has no password: want 'NAME: PASSWORD,ROLE,...'",
                "joe: x\\u00zz | Malformed"
            })
    void usersThatMakeNoSenseAreOneLineAndStatusOne(String content, String text) throws IOException {
        Path users = Files.writeString(home.resolve("users"), content);

        for (String command : new String[] {"run", "check run"}) {
            Execution execution = Execution.of(home, command + " . --http 0 --users " + users);

            assertFailure(execution, ExitStatus.FAILED, text);
        }
    }

    @Test
    void usersOfACheckAreRead() throws IOException {
        Path users = Files.writeString(
                home.resolve("users"), "# some\njoe: x\nann = MD5:0123456789abcdef0123456789abcdef, user,admin\n");

        assertThat(Execution.of(home, "check run --static . --http 0 --users " + users)
                        .err())
                .isEmpty();
    }

    @Test
    void failureToStartIsLoggedToo() throws IOException {
        Path log = home.resolve("log");

        Execution execution = Execution.of(home, "run no/such.war --http 0 --log " + log);

        assertThat(execution.status()).isEqualTo(ExitStatus.FAILED);

        assertThat(execution.err()).isEqualToIgnoringNewLines("gangway: there is no no/such.war");
        assertThat(Files.readString(log)).contains("there is no no/such.war");
    }

    @Test
    void commandNeedsItsInstallation() {
        Execution execution = Execution.withoutInstallation("demo");

        assertThat(execution.status()).isEqualTo(ExitStatus.FAILED);

        assertThat(execution.err()).contains("start it with bin/gangway");
    }

    private static void assertFailure(Execution execution, int status, String text) {
        assertThat(execution.status()).isEqualTo(status);
        assertThat(execution.err()).startsWith("gangway: ").contains(text).hasLineCount(1);
    }
}
