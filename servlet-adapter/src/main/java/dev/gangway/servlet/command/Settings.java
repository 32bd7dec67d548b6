package dev.gangway.servlet.command;

import dev.gangway.servlet.option.ConfigurationFile;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The settings with which a parsed command would run. */
record Settings(CommandSpec command) {
    private static final String NONE = "(none)";

    /** Prints each on a line of its own: name, value, source. */
    void print(PrintWriter out) {
        ConfigurationFile.settings(command).forEach((name, argument) -> {
            if (!argument.hidden()) {
                out.println(name + " = " + text(argument.getValue()) + "   (" + source(argument) + ")");
            }
        });
    }

    private static String text(Object value) {
        if (value == null) {
            return NONE;
        }
        if (value instanceof Collection<?> values) {
            return values.isEmpty() ? NONE : values.stream().map(Settings::text).collect(Collectors.joining(", "));
        }
        return value instanceof Enum<?> ? value.toString().toLowerCase(Locale.ROOT) : value.toString();
    }

    private String source(ArgSpec argument) {
        if (isOnCommandLine(argument)) {
            return "command line";
        }
        String place = command.defaultValueProvider() instanceof ConfigurationFile file ? file.source(argument) : null;
        return place == null ? "default" : place;
    }

    private boolean isOnCommandLine(ArgSpec argument) {
        ParseResult result = command.commandLine().getParseResult();
        return argument instanceof OptionSpec option
                ? result.hasMatchedOption(option)
                : result.hasMatchedPositional((PositionalParamSpec) argument);
    }
}
