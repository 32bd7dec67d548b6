package dev.gangway.conformance.difference;

import dev.gangway.conformance.peer.Pairs;
import dev.gangway.it.harness.Level;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every exchange behind every web server, compared with the same one over HTTP. */
@ParameterizedClass
@MethodSource("axes")
class DifferenceIT {
    private static Applications applications;
    private static final Map<String, List<Answer>> ANSWERS = new HashMap<>();

    @Parameter
    Axis axis;

    private Site site;
    private Comparison comparison;

    /** A level behind a web server. */
    record Axis(Level level, Behind behind) {}

    static Stream<Axis> axes() {
        return Stream.of(Behind.values()).map(behind -> new Axis(Level.EE11, behind));
    }

    @BeforeAll
    static void startApplications() throws IOException {
        applications = new Applications(axes().map(Axis::level).distinct().toList());
    }

    @AfterAll
    static void stopApplications() {
        applications.close();
        ANSWERS.clear();
    }

    @BeforeEach
    void start() throws IOException {
        comparison = new Comparison(axis.behind());
        site = axis.behind() == Behind.NOBODY ? null : new Site(axis.behind(), applications);
    }

    @AfterEach
    void stop() throws IOException {
        if (site != null) {
            site.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> exchanges() {
        Stream<DynamicTest> exchanges = Exchanges.all().stream()
                .map(exchange -> DynamicTest.dynamicTest(
                        exchange.name(), () -> comparison.compare(exchange, evidence(exchange))));
        DynamicTest last = DynamicTest.dynamicTest("every accepted difference occurs", () -> comparison.requireAll());
        return Stream.concat(exchanges, Stream.of(last));
    }

    private Evidence evidence(Exchange exchange) throws IOException {
        List<Answer> direct = remembered(
                "direct", exchange, new HttpWay(applications.reference().direct()));
        List<Answer> raw =
                remembered("raw", exchange, new PeerWay(applications.gangway().tcp(), Pairs.of()));
        if (site == null) {
            return new Evidence(direct, raw, raw, raw, List.of(), new Answer.Ports(0, 0));
        }
        site.tap().forget();
        List<Answer> actual = play(exchange, site.fcgi());
        List<Overheard> overheard = new ArrayList<>(site.tap().overheard());
        List<Answer> proxied = play(exchange, site.proxied());
        return new Evidence(direct, raw, actual, proxied, overheard, new Answer.Ports(site.port(), 0));
    }

    private List<Answer> remembered(String name, Exchange exchange, Way way) {
        return ANSWERS.computeIfAbsent(name + axis.level() + exchange.name(), key -> play(exchange, way));
    }

    private List<Answer> play(Exchange exchange, Way way) {
        return exchange.play(way, Wars.contextPath(axis.level(), exchange.context()));
    }
}
