package dev.gangway.servlet.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/** What a command line led to within this process. */
record Execution(int status, String out, String err) {
    /** Executes words that are separated by spaces, as the command of an installation. */
    static Execution of(Path home, String words) {
        return of(home, split(words));
    }

    static Execution of(Path home, String... words) {
        System.setProperty("gangway.home", home.toString());
        try {
            return execute(words);
        } finally {
            System.clearProperty("gangway.home");
        }
    }

    static Execution withoutInstallation(String words) {
        return execute(split(words));
    }

    private static String[] split(String words) {
        return words.isBlank() ? new String[0] : words.split(" ");
    }

    private static Execution execute(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(words);
        return new Execution(status, out.toString(), err.toString());
    }
}
