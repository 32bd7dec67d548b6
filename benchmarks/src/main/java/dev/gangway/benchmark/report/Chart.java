package dev.gangway.benchmark.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Curves over an axis on which each step doubles, as SVG.
 *
 * @param curves the points of each curve by its name, in the order of {@link Point#x}
 */
record Chart(String title, String xTitle, String yTitle, Map<String, List<Point>> curves) {
    /** @param x at least 1 */
    record Point(double x, double y) {}

    private static final int WIDTH = 900;
    private static final int HEIGHT = 460;
    private static final int LEFT = 70;
    private static final int RIGHT = 170;
    private static final int TOP = 50;
    private static final int BOTTOM = 60;
    private static final int LINE = 15;
    private static final int STEPS = 5;

    private static final String[] COLORS = {
        "#0b6e4f", "#5fbf9f", "#c0392b", "#e59866", "#2e4a9e", "#7f9ae0", "#7d3c98", "#555555"
    };

    String toSvg() {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"13\">%n<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT));
        svg.append(text(WIDTH / 2.0, 25, "middle", "black", title));
        svg.append(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 15, "middle", "black", xTitle));
        svg.append(text(10, TOP - 15, "start", "black", yTitle));
        axes(svg);
        double free = 0;
        int color = 0;
        for (Map.Entry<String, List<Point>> curve : byHeight()) {
            Point last = curve.getValue().get(curve.getValue().size() - 1);
            // Names of curves that end close to each other stand below each other.
            free = Math.max(free, y(last.y));
            curve(svg, curve, COLORS[color % COLORS.length], free);
            free += LINE;
            color++;
        }
        return svg.append("</svg>\n").toString();
    }

    private List<Map.Entry<String, List<Point>>> byHeight() {
        return curves.entrySet().stream()
                .sorted((a, b) -> Double.compare(last(b), last(a)))
                .toList();
    }

    private static double last(Map.Entry<String, List<Point>> curve) {
        return curve.getValue().get(curve.getValue().size() - 1).y;
    }

    private void axes(StringBuilder svg) {
        for (double x = 1; x <= maxX(); x *= 2) {
            svg.append(line(x(x), HEIGHT - BOTTOM, x(x), TOP))
                    .append(text(x(x), HEIGHT - BOTTOM + 20, "middle", "black", String.format("%.0f", x)));
        }
        for (int i = 0; i <= STEPS; i++) {
            double y = maxY() * i / STEPS;
            svg.append(line(LEFT, y(y), WIDTH - RIGHT, y(y)))
                    .append(text(LEFT - 8, y(y) + 4, "end", "black", String.format(Locale.ROOT, "%.0f", y)));
        }
    }

    private void curve(StringBuilder svg, Map.Entry<String, List<Point>> curve, String color, double labelY) {
        List<Point> points = curve.getValue();
        String path = points.stream()
                .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", x(point.x), y(point.y)))
                .collect(Collectors.joining(" "));
        svg.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"" + color + "\" points=\"" + path + "\"/>\n");
        for (Point point : points) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle r=\"3\" cx=\"%.1f\" cy=\"%.1f\" fill=\"%s\"/>%n",
                    x(point.x),
                    y(point.y),
                    color));
        }
        svg.append(text(WIDTH - RIGHT + 10, labelY + 4, "start", color, curve.getKey()));
    }

    private static String line(double x1, double y1, double x2, double y2) {
        return String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n",
                x1,
                y1,
                x2,
                y2);
    }

    private static String text(double x, double y, String anchor, String color, String text) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                color,
                text.replace("&", "&amp;").replace("<", "&lt;"));
    }

    private double x(double value) {
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.log(value) / Math.log(Math.max(2, maxX()));
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / maxY();
    }

    private double maxX() {
        return curves.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Point::x)
                .max()
                .orElse(1);
    }

    /** The next round number. */
    private double maxY() {
        double highest = curves.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Point::y)
                .max()
                .orElse(1);
        double unit = Math.pow(10, Math.floor(Math.log10(highest)));
        return Math.ceil(highest / unit) * unit;
    }
}
