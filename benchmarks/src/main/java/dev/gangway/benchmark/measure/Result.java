package dev.gangway.benchmark.measure;

import dev.gangway.benchmark.load.Drive;
import java.util.List;

/** How all contenders did at one drive. */
public record Result(Drive drive, List<Standing> standings) {
    /** {@return a table, a row for each contender} */
    public String toMarkdown() {
        StringBuilder table = new StringBuilder("| " + drive + " | " + Standing.HEADINGS);
        standings.forEach(standing -> table.append("| ")
                .append(standing.contender().name())
                .append(" | ")
                .append(standing.toMarkdown())
                .append(" |\n"));
        return table.toString();
    }
}
