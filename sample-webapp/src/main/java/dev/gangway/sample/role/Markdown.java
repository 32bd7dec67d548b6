package dev.gangway.sample.role;

import static dev.gangway.sample.Html.escape;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The most common of Markdown: headings, paragraphs, lists, code, emphasis and links. */
final class Markdown {
    private static final Pattern HEADING = Pattern.compile("(#{1,5}) +(.*?)[ #]*");
    private static final Pattern ITEM = Pattern.compile("[-*+] +(.*)");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)]\\(((?:https?:/)?/[^)\\s]*|[\\w#][^):\\s]*)\\)");
    private static final String FENCE = "```";

    private final StringBuilder html = new StringBuilder();
    /** The element that is open, or empty. */
    private String open = "";

    private Markdown() {}

    static String html(String text) {
        Markdown markdown = new Markdown();
        text.lines().forEach(markdown::line);
        markdown.open("");
        return markdown.html.toString();
    }

    private void line(String line) {
        if (line.startsWith(FENCE)) {
            open(open.equals("pre") ? "" : "pre");
            return;
        }
        if (open.equals("pre")) {
            html.append(escape(line)).append('\n');
            return;
        }
        Matcher heading = HEADING.matcher(line);
        Matcher item = ITEM.matcher(line);
        if (line.isBlank()) {
            open("");
        } else if (heading.matches()) {
            open("");
            // The page has a first heading of its own.
            String name = "h" + (heading.group(1).length() + 1);
            element(name, heading.group(2));
        } else if (item.matches()) {
            open("ul");
            element("li", item.group(1));
        } else {
            open("p");
            html.append(spans(line)).append('\n');
        }
    }

    private void open(String name) {
        if (name.equals(open)) return;
        if (!open.isEmpty()) html.append("</").append(open).append(">\n");
        if (!name.isEmpty()) html.append('<').append(name).append('>');
        open = name;
    }

    private void element(String name, String text) {
        html.append("<%1$s>%2$s</%1$s>\n".formatted(name, spans(text)));
    }

    /** What is between backquotes is code, and nothing else. */
    private static String spans(String text) {
        StringBuilder spans = new StringBuilder();
        String[] parts = escape(text).split("`", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean code = i % 2 == 1 && i < parts.length - 1;
            spans.append(code ? "<code>" + parts[i] + "</code>" : emphasis(parts[i]));
        }
        return spans.toString();
    }

    private static String emphasis(String html) {
        return LINK.matcher(html)
                .replaceAll("<a href=\"$2\">$1</a>")
                .replaceAll("\\*\\*([^*]+)\\*\\*", "<strong>$1</strong>")
                .replaceAll("\\*([^*]+)\\*", "<em>$1</em>");
    }
}
