package dev.gangway.servlet.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/**
 * {@code gangway check run ...}: runs the same command with the same arguments, but says what it would do instead of
 * doing it.
 */
@Command(
        name = "check",
        description = "Says whether a command could start, and prints each setting and where it comes from.",
        subcommands = {RunCommand.class, ServeCommand.class},
        scope = ScopeType.INHERIT,
        exitCodeList = {
            "0:it would start",
            "1:something would keep it from starting",
            "2:mistake on the command line or in the configuration file"
        })
final class CheckCommand implements Purpose.Giver {
    @Override
    public Purpose purpose() {
        return Purpose.CHECK;
    }
}
