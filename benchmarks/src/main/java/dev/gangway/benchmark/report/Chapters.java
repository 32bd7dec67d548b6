package dev.gangway.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A page in which each command writes a chapter of its own, and leaves the others as they are. A chapter begins with a
 * heading of the first level, which names it.
 */
public record Chapters(Path page) {
    /** Puts a chapter in the place of the one with the same heading, or after all others. */
    public void put(String chapter) throws IOException {
        Map<String, String> chapters = new LinkedHashMap<>();
        String before = Files.exists(page) ? Files.readString(page) : "";
        Arrays.stream(before.split("(?m)^(?=# )"))
                .filter(text -> !text.isBlank())
                .forEach(text -> chapters.put(heading(text), text));
        chapters.put(heading(chapter), chapter);
        Files.writeString(
                page, chapters.values().stream().map(String::strip).collect(Collectors.joining("\n\n", "", "\n")));
    }

    private static String heading(String chapter) {
        return chapter.lines().findFirst().orElseThrow();
    }
}
