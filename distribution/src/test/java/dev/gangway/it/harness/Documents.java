package dev.gangway.it.harness;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What users read: the README and the pages below {@code docs}, by their paths from the root of the project. */
public final class Documents {
    /** The root of the project. */
    public static final Path ROOT = Path.of("..");

    /** The page that everybody reads first. */
    public static final Path README = Path.of("README.md");

    /** Written by tests and tools, or after a run of them. */
    private static final Set<Path> FINDINGS = Stream.of("conformance", "differences", "mutation", "performance", "tck")
            .map(name -> Path.of("docs", name + ".md"))
            .collect(toSet());

    private Documents() {}

    /** {@return the text of each page that somebody has written} */
    public static SortedMap<Path, String> written() {
        SortedMap<Path, String> pages = all();
        pages.keySet().removeAll(FINDINGS);
        return pages;
    }

    /** {@return the text of each page} */
    public static SortedMap<Path, String> all() {
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            SortedMap<Path, String> pages = new TreeMap<>();
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".md")).toList()) {
                pages.put(ROOT.relativize(file), Files.readString(file));
            }
            pages.put(README, Files.readString(ROOT.resolve(README)));
            return pages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the fenced blocks in one of the languages that a text has} */
    public static List<String> blocksOf(String text, String... languages) {
        Pattern block = Pattern.compile("(?m)^```(?:" + String.join("|", languages) + ")\\n(.*?)^```$", Pattern.DOTALL);
        return block.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    /** {@return the fenced blocks in one of the languages, of all pages} */
    public static List<String> blocks(String... languages) {
        return written().values().stream()
                .flatMap(text -> blocksOf(text, languages).stream())
                .toList();
    }

    /** {@return the only block in a language} */
    public static String block(String language) {
        List<String> blocks = blocks(language);
        if (blocks.size() != 1) {
            throw new IllegalStateException(blocks.size() + " blocks in " + language + ", want one");
        }
        return blocks.get(0);
    }
}
