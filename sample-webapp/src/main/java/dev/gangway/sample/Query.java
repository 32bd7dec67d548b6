package dev.gangway.sample;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The parameters in the query of a request. Unlike {@code getParameter} this never reads the body, so that a servlet
 * can count on finding it whole.
 */
public final class Query {
    private final List<String[]> pairs;

    private Query(List<String[]> pairs) {
        this.pairs = pairs;
    }

    /** Reads the query of a request. */
    public static Query of(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query == null) return new Query(List.of());
        return new Query(Stream.of(query.split("&")).map(Query::pair).toList());
    }

    private static String[] pair(String pair) {
        String[] parts = pair.split("=", 2);
        return new String[] {decode(parts[0]), parts.length == 2 ? decode(parts[1]) : ""};
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadQuery("the query has a malformed escape: " + text);
        }
    }

    /** {@return whether a parameter is there, with or without a value} */
    public boolean has(String name) {
        return !all(name).isEmpty();
    }

    /** {@return all values of a parameter, in order} */
    public List<String> all(String name) {
        return pairs.stream()
                .filter(pair -> pair[0].equals(name))
                .map(pair -> pair[1])
                .toList();
    }

    /** {@return the first value of a parameter} */
    public String text(String name, String byDefault) {
        return all(name).stream().findFirst().orElse(byDefault);
    }

    /** {@return a parameter that is {@code true} or {@code false}} */
    public boolean flag(String name, boolean byDefault) {
        return Boolean.parseBoolean(text(name, Boolean.toString(byDefault)));
    }

    /** {@return a parameter as a number from {@code min} to {@code max}} */
    public long number(String name, long byDefault, long min, long max) {
        if (!has(name)) return byDefault;
        String text = text(name, "");
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) return number;
        } catch (NumberFormatException e) {
            // Answered below, as a number out of range is.
        }
        throw new BadQuery("%s must be a number from %d to %d, but is \"%s\"".formatted(name, min, max, text));
    }
}
