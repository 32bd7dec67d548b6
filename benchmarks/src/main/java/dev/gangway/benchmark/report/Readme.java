package dev.gangway.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of figures in a README, whose first column says what a figure is about, and whose second has the figure. */
public record Readme(Path file) {
    /**
     * Puts a figure into the row that begins with some words.
     *
     * @throws IOException also if there is no such row
     */
    public void put(String words, String figure) throws IOException {
        Matcher row = Pattern.compile("(?m)^(\\| " + Pattern.quote(words) + "[^|\n]*\\|)[^|\n]*\\|")
                .matcher(Files.readString(file));
        if (!row.find()) {
            throw new IOException("no row on '" + words + "' in " + file);
        }
        Files.writeString(file, row.replaceFirst("$1 " + Matcher.quoteReplacement(figure) + " |"));
    }
}
