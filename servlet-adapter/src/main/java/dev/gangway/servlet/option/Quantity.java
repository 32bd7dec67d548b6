package dev.gangway.servlet.option;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A whole number of bytes or seconds, as users write it: with or without a unit. */
public final class Quantity {
    private static final Pattern TEXT = Pattern.compile("(-?\\d{1,18}) ?([A-Za-z]*)");

    private static final Map<String, Long> BYTES = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("B", 1L),
            Map.entry("K", 1L << 10),
            Map.entry("KB", 1L << 10),
            Map.entry("KIB", 1L << 10),
            Map.entry("M", 1L << 20),
            Map.entry("MB", 1L << 20),
            Map.entry("MIB", 1L << 20),
            Map.entry("G", 1L << 30),
            Map.entry("GB", 1L << 30),
            Map.entry("GIB", 1L << 30));

    private static final Map<String, Long> SECONDS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("S", 1L),
            Map.entry("SEC", 1L),
            Map.entry("M", 60L),
            Map.entry("MIN", 60L),
            Map.entry("H", 3_600L),
            Map.entry("D", 86_400L));

    private Quantity() {}

    /** Bytes: {@code 10485760}, {@code 10240k}, {@code 10M}; a kilobyte is 1024 bytes. */
    static final class Bytes implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return read(text, BYTES, "bytes, for example 10485760 or 10M");
        }
    }

    /** Bytes that fit into an {@code int}. */
    static final class IntBytes implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return narrow(new Bytes().convert(text), text);
        }
    }

    /** Seconds: {@code 90}, {@code 90s}, {@code 5m}, {@code 1h}. */
    static final class Seconds implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return read(text, SECONDS, "seconds, for example 300, 300s or 5m");
        }
    }

    /** Seconds that fit into an {@code int}. */
    public static final class IntSeconds implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return narrow(new Seconds().convert(text), text);
        }
    }

    private static long read(String text, Map<String, Long> units, String wanted) {
        Matcher matcher = TEXT.matcher(text);
        Long unit = matcher.matches() ? units.get(matcher.group(2).toUpperCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw new TypeConversionException("'" + text + "' is not a whole number of " + wanted);
        }
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
        } catch (ArithmeticException e) {
            throw tooMuch(text);
        }
    }

    private static int narrow(long value, String text) {
        if (value != (int) value) {
            throw tooMuch(text);
        }
        return (int) value;
    }

    private static TypeConversionException tooMuch(String text) {
        return new TypeConversionException("'" + text + "' is too large");
    }
}
