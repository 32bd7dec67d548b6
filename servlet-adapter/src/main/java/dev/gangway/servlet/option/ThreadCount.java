package dev.gangway.servlet.option;

import dev.gangway.fcgi.config.FcgiLimits;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many threads may stay with a connection, as users write it: a number, {@code auto} or {@code off}. */
final class ThreadCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "auto" -> FcgiLimits.AUTO;
            case "off" -> 0;
            default -> number(text);
        };
    }

    private static Integer number(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new TypeConversionException("'" + text + "' is not auto, off or a whole number");
        }
        return Integer.valueOf(text);
    }
}
