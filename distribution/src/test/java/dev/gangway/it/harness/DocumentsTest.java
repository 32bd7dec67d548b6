package dev.gangway.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever follows a link in the documents arrives. */
class DocumentsTest {
    private static final Pattern FENCED = Pattern.compile("(?m)^```.*?^```$", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`[^`\n]+`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    private record Link(Path page, String target) {
        static Stream<Link> in(Path page, String text) {
            String prose = CODE.matcher(FENCED.matcher(text).replaceAll("")).replaceAll("");
            return LINK.matcher(prose)
                    .results()
                    .map((MatchResult match) -> new Link(page, match.group(1)))
                    .filter(link -> !link.target().matches("https?:.*"));
        }

        /** From the root of the project. */
        Path file() {
            String path = target.split("#", 2)[0];
            return path.isEmpty() ? page : page.resolveSibling(path).normalize();
        }

        String anchor() {
            return target.contains("#") ? target.substring(target.indexOf('#') + 1) : "";
        }
    }

    private final Map<Path, String> pages = Documents.all();

    @Test
    void linksArrive() {
        assertThat(links()).isNotEmpty().allSatisfy(link -> {
            assertThat(Documents.ROOT.resolve(link.file())).exists();
            if (!link.anchor().isEmpty()) {
                assertThat(anchors(pages.get(link.file()))).contains(link.anchor());
            }
        });
    }

    @Test
    void everyPageIsReachedFromTheReadme() {
        Set<Path> reached = new HashSet<>();
        Deque<Path> open = new ArrayDeque<>(Set.of(Documents.README));
        while (!open.isEmpty()) {
            Path page = open.pop();
            if (pages.containsKey(page) && reached.add(page)) {
                Link.in(page, pages.get(page)).map(Link::file).forEach(open::push);
            }
        }

        assertThat(reached).containsExactlyInAnyOrderElementsOf(pages.keySet());
    }

    private Stream<Link> links() {
        return pages.entrySet().stream().flatMap(page -> Link.in(page.getKey(), page.getValue()));
    }

    /** What GitHub makes of the headings. */
    private static Set<String> anchors(String text) {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new HashSet<>();
        HEADING.matcher(FENCED.matcher(text).replaceAll("")).results().forEach(match -> {
            String name = match.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int number = seen.merge(name, 1, Integer::sum) - 1;
            anchors.add(number == 0 ? name : name + "-" + number);
        });
        return anchors;
    }
}
