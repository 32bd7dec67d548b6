package dev.gangway.conformance.layers;

import static java.util.Collections.unmodifiableMap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which rooms a module has and which others each one may use, in the documentation of its root package: a line for each,
 * {@code room  other, another} or {@code room  -}, from above to below.
 *
 * @param rows the rooms that each one may use, in the order of the lines
 */
record Drawing(Map<String, Set<String>> rows) {
    private static final Pattern ROW = Pattern.compile("(?m)^ \\* {3}([a-z]+) +([a-z]+(?:, [a-z]+)*|-)$");

    static Drawing in(String documentation) {
        Map<String, Set<String>> rows = new LinkedHashMap<>();
        ROW.matcher(documentation).results().forEach(row -> {
            List<String> others =
                    row.group(2).equals("-") ? List.of() : List.of(row.group(2).split(", "));
            rows.put(row.group(1), new TreeSet<>(others));
        });
        return new Drawing(unmodifiableMap(rows));
    }

    Set<String> rooms() {
        return rows.keySet();
    }

    boolean allows(String room, String other) {
        return room.equals(other) || rows.get(room).contains(other);
    }

    /** {@return a complaint for each arrow that does not go down; without one there is no circle} */
    List<String> wrongWays() {
        List<String> complaints = new ArrayList<>();
        Set<String> above = new TreeSet<>();
        rows.forEach((room, others) -> {
            above.add(room);
            others.stream()
                    .filter(other -> above.contains(other) || !rows.containsKey(other))
                    .forEach(other -> complaints.add("the drawing lets " + room + " use " + other
                            + ", but no row below that of " + room + " is " + other));
        });
        return complaints;
    }
}
