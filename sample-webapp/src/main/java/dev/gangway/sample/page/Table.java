package dev.gangway.sample.page;

import static dev.gangway.sample.Html.escape;

import java.util.List;

/**
 * A table in HTML. The roles keep it a table for screen readers where the stylesheet turns its rows into cards.
 */
final class Table {
    private final String className;
    private final List<String> columns;
    private final StringBuilder rows = new StringBuilder();

    /** Starts a table; the columns are named by text. */
    Table(String className, List<String> columns) {
        this.className = className;
        this.columns = columns;
    }

    /** Adds a row; its head and cells are HTML. */
    void row(String head, List<String> cells) {
        rows.append("<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">").append(head);
        rows.append("</th>");
        for (int i = 0; i < cells.size(); i++) {
            // Cards have no head: there each cell says what it is.
            rows.append("<td role=\"cell\" data-column=\"")
                    .append(escape(columns.get(i + 1)))
                    .append("\">")
                    .append(cells.get(i))
                    .append("</td>");
        }
        rows.append("</tr>\n");
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    String html() {
        StringBuilder head = new StringBuilder();
        for (String column : columns) {
            head.append("<th role=\"columnheader\" scope=\"col\">")
                    .append(escape(column))
                    .append("</th>");
        }
        return """
                <table role="table" class="%s">
                <thead role="rowgroup"><tr role="row">%s</tr></thead>
                <tbody role="rowgroup">
                %s</tbody>
                </table>
                """
                .formatted(className, head, rows);
    }
}
