package dev.gangway.conformance;

import dev.gangway.conformance.Finding.Result;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** The findings as a table, row by row as they come, with their sum at the end. */
public final class Report {
    /** How the table is written. */
    public enum Format {
        /** Aligned columns. */
        TEXT,
        /** A table in Markdown. */
        MARKDOWN
    }

    private final PrintWriter out;
    private final Format format;
    private final String row;
    private final Map<Result, Integer> counts = new EnumMap<>(Result.class);

    public Report(PrintWriter out, Format format) {
        this.out = out;
        this.format = format;
        int results = Arrays.stream(Result.values())
                .mapToInt(result -> result.toString().length())
                .max()
                .orElseThrow();
        row = "%-" + width(check -> check.requirements().length()) + "s  %-"
                + width(check -> check.what().length()) + "s  %-" + results + "s  %s";
    }

    private static int width(ToIntFunction<Check> column) {
        return Suite.checks().stream().mapToInt(column).max().orElseThrow();
    }

    /** Writes what stands above the first row. */
    public void begin() {
        if (format == Format.MARKDOWN) {
            out.println("| requirement | what | result | |");
            out.println("|---|---|---|---|");
        }
    }

    /** Writes one row. */
    public void add(Check check, Finding finding) {
        counts.merge(finding.result(), 1, Integer::sum);
        if (format == Format.MARKDOWN) {
            out.println("| " + check.requirements() + " | " + check.what() + " | " + finding.result() + " | "
                    + finding.reason().replace("|", "\\|") + " |");
        } else {
            out.println(String.format(row, check.requirements(), check.what(), finding.result(), printable(finding))
                    .stripTrailing());
        }
    }

    /** Writes how many there are of each result. */
    public void end() {
        String sum = Arrays.stream(Result.values())
                .filter(counts::containsKey)
                .map(result -> counts.get(result) + " " + result)
                .collect(Collectors.joining(", "));
        out.println();
        int done = counts.values().stream().mapToInt(Integer::intValue).sum();
        int all = Suite.checks().size();
        out.println(done + (done < all ? " of " + all : "") + " checks: " + sum);
    }

    /** {@return whether anything has failed} */
    public boolean failed() {
        return counts.containsKey(Result.FAIL);
    }

    /** What an application sends must not do anything to a terminal. */
    private static String printable(Finding finding) {
        return finding.reason().replaceAll("\\p{Cntrl}", "?");
    }
}
