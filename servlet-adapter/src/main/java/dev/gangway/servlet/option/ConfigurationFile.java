package dev.gangway.servlet.option;

import dev.gangway.servlet.failure.FileProblem;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A properties file with values for the options of a command: {@code listen = unix:/run/app.sock}. The command line
 * takes precedence over the file, and the file over the default of the option.
 */
public final class ConfigurationFile implements IDefaultValueProvider {
    /** The option that names such a file. */
    public static final String OPTION = "--config";

    private static final String PREFIX = "--";
    private static final Pattern COMMENT = Pattern.compile("\\s[#!]");

    private record Entry(String value, int line) {}

    private final Path path;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<ArgSpec> applied = new HashSet<>();

    private ConfigurationFile(Path path) {
        this.path = path;
    }

    /**
     * {@return the content of a file}
     *
     * @throws IllegalArgumentException with a message for the user if it cannot be read, or sets something twice
     */
    public static ConfigurationFile read(Path path) {
        ConfigurationFile file = new ConfigurationFile(path);
        try {
            file.load(Files.readAllLines(path));
            return file;
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + path + ": " + FileProblem.reason(e), e);
        }
    }

    /** {@link Properties} knows the syntax but not line numbers, so it is given one setting at a time. */
    private void load(List<String> lines) throws IOException {
        for (int i = 0; i < lines.size(); i++) {
            int number = i + 1;
            StringBuilder setting = new StringBuilder(lines.get(i));
            while (isContinued(setting) && i + 1 < lines.size()) {
                setting.append('\n').append(lines.get(++i));
            }
            for (Map.Entry<Object, Object> entry : parse(setting, number).entrySet()) {
                add((String) entry.getKey(), value(entry, number), number);
            }
        }
    }

    private String value(Map.Entry<Object, Object> setting, int line) {
        String value;
        try {
            value = References.expand((String) setting.getValue()).strip();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place(line) + ": '" + setting.getKey() + "': " + e.getMessage(), e);
        }
        if (Values.isEmpty(value)) {
            throw new IllegalArgumentException(
                    place(line) + ": '" + setting.getKey() + "' has no value; leave the line out for the default");
        }
        return value;
    }

    private String place(int line) {
        return path + ":" + line;
    }

    private static boolean isContinued(CharSequence line) {
        String text = line.toString().stripLeading();
        int backslashes = text.length() - text.replaceAll("\\\\+$", "").length();
        return backslashes % 2 == 1 && !text.startsWith("#") && !text.startsWith("!");
    }

    private Properties parse(CharSequence setting, int line) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(setting.toString()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place(line) + ": " + e.getMessage(), e);
        }
        return properties;
    }

    private void add(String key, String value, int line) {
        Entry earlier = entries.putIfAbsent(key, new Entry(value, line));
        if (earlier != null) {
            throw new IllegalArgumentException(place(line) + ": '" + key + "' is set in line " + earlier.line()
                    + " already; separate several values by commas");
        }
    }

    /**
     * Checks that the command has an option for each setting.
     *
     * @throws IllegalArgumentException with a message for the user if it lacks one
     */
    public void check(CommandSpec command) {
        Set<String> known = settings(command).keySet();
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(place(entry.line()) + ": " + unknown(key, known, command));
            }
        });
    }

    private static String unknown(String key, Set<String> known, CommandSpec command) {
        for (CommandLine other : command.parent().subcommands().values()) {
            CommandSpec spec = other.getCommandSpec();
            if (spec.findOption(OPTION) != null && settings(spec).containsKey(key)) {
                return "'" + key + "' is a setting of gangway " + spec.name();
            }
        }
        return "unknown setting '" + key + "'" + Spelling.hint(key, known);
    }

    /** {@return all arguments of a command that a file may set, by their names in the file} */
    public static Map<String, ArgSpec> settings(CommandSpec command) {
        Map<String, ArgSpec> settings = new LinkedHashMap<>();
        for (ArgSpec positional : command.positionalParameters()) {
            settings.put(name(positional), positional);
        }
        for (OptionSpec option : command.options()) {
            boolean aboutTheCall = option.usageHelp()
                    || option.versionHelp()
                    || option.longestName().equals(OPTION);
            if (!aboutTheCall) {
                settings.put(name(option), option);
            }
        }
        return settings;
    }

    private static String name(ArgSpec argument) {
        if (argument instanceof OptionSpec option) {
            return option.longestName().substring(PREFIX.length());
        }
        return argument.paramLabel().toLowerCase(Locale.ROOT);
    }

    /** Picocli asks for the arguments that the command line does not have. */
    @Override
    public String defaultValue(ArgSpec argument) {
        Entry entry = entries.get(name(argument));
        if (entry == null) {
            return null;
        }
        applied.add(argument);
        // Its references are expanded already; picocli must not expand a dollar sign in their values.
        return entry.value().replace("$", "$$");
    }

    /** {@return file and line of the value that an argument got from here, or null if it got none} */
    public String source(ArgSpec argument) {
        return applied.contains(argument) ? place(entries.get(name(argument)).line()) : null;
    }

    /** {@return whether the value that an argument got from here seems to end in a comment} */
    public boolean hasComment(ArgSpec argument) {
        return applied.contains(argument)
                && COMMENT.matcher(entries.get(name(argument)).value()).find();
    }
}
