package dev.gangway.servlet.command;

import picocli.CommandLine.Model.CommandSpec;

/** What the commands that serve applications are called for; their parent command says so. */
enum Purpose {
    /** To serve them. */
    SERVE,

    /** To say whether they could be served. */
    CHECK;

    /** A command whose subcommands serve applications. */
    interface Giver {
        Purpose purpose();
    }

    /** {@return what a subcommand of a {@link Giver} is called for} */
    static Purpose of(CommandSpec command) {
        return ((Giver) command.parent().userObject()).purpose();
    }
}
