package dev.gangway.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.benchmark.report.Chart.Point;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ChartTest {
    @Test
    void placesPointsWithinTheAxes() throws Exception {
        Chart chart = new Chart(
                "a < b & c", "x", "y", Map.of("one", List.of(new Point(1, 0), new Point(8, 20), new Point(64, 10))));

        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(chart.toSvg().getBytes(StandardCharsets.UTF_8)));

        assertThat(svg.getElementsByTagName("polyline")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("points")
                        .getNodeValue())
                .isEqualTo("70.0,400.0 400.0,50.0 730.0,225.0");
        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(3);
        assertThat(svg.getElementsByTagName("text").item(0).getTextContent()).isEqualTo("a < b & c");
    }
}
