package dev.gangway.servlet.command;

import picocli.CommandLine.Model.CommandSpec;

/** The purpose for which a command that serves applications is called, which its parent command determines. */
enum Purpose {
    /** To serve them. */
    SERVE,

    /** To check whether they could be served. */
    CHECK;

    /** A command whose subcommands serve applications. */
    interface Giver {
        Purpose purpose();
    }

    /** {@return the purpose for which a subcommand of a {@link Giver} is called} */
    static Purpose of(CommandSpec command) {
        return ((Giver) command.parent().userObject()).purpose();
    }
}
