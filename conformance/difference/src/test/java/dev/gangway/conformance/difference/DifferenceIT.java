package dev.gangway.conformance.difference;

import dev.gangway.it.harness.Environment;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.EnumMap;
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

/**
 * Every exchange behind every web server, compared with the same one over HTTP. Of the environments before the newest
 * one each is behind one web server, unless the system property {@code gangway.full} is set.
 */
@ParameterizedClass
@MethodSource("axes")
class DifferenceIT {
    private static final Map<Behind, Comparison> FOUND = new EnumMap<>(Behind.class);
    private static final Map<String, List<Answer>> ANSWERS = new HashMap<>();
    private static Applications applications;

    @Parameter
    Axis axis;

    private Site site;
    private Comparison comparison;

    /** An environment behind a web server. */
    record Axis(Environment environment, Behind behind) {
        boolean isSample() {
            return switch (environment) {
                case EE8 -> behind == Behind.LIGHTTPD;
                case EE9 -> behind == Behind.PROXY_FCGI;
                case EE10 -> behind == Behind.NGINX;
                case EE11 -> true;
            };
        }
    }

    static Stream<Axis> axes() {
        boolean full = Boolean.getBoolean("gangway.full");
        return Arrays.stream(Environment.values())
                .flatMap(environment -> Arrays.stream(Behind.values()).map(behind -> new Axis(environment, behind)))
                .filter(axis -> full || axis.isSample());
    }

    @BeforeAll
    static void startApplications() throws IOException, GeneralSecurityException {
        applications = new Applications(axes().map(Axis::environment).distinct().toList());
    }

    @AfterAll
    static void stopApplications() throws IOException {
        if (applications == null) {
            return; // The failure to start them is told already.
        }
        applications.close();
        ANSWERS.clear();
        new DifferenceTable(FOUND).check();
    }

    @BeforeEach
    void start() throws IOException {
        comparison = new Comparison(axis.behind());
        site = axis.behind() == Behind.NOBODY ? null : new Site(axis.behind(), applications);
    }

    @AfterEach
    void stop() throws IOException {
        if (axis.environment() == Environment.EE11) {
            FOUND.put(axis.behind(), comparison);
        }
        if (site != null) {
            site.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> exchanges() {
        Stream<DynamicTest> exchanges = Exchanges.all().stream()
                .filter(exchange -> exchange.since().compareTo(axis.environment()) <= 0)
                .filter(axis.behind()::plays)
                .map(exchange -> DynamicTest.dynamicTest(
                        exchange.name(), () -> comparison.compare(exchange, evidence(exchange))));
        DynamicTest last = DynamicTest.dynamicTest("every accepted difference occurs", () -> comparison.requireAll());
        return Stream.concat(exchanges, Stream.of(last));
    }

    private Evidence evidence(Exchange exchange) throws IOException {
        List<Answer> direct = remembered("direct", exchange, applications.direct(exchange));
        List<Answer> raw = remembered("raw", exchange, applications.raw(exchange));
        if (site == null) {
            return new Evidence(direct, raw, raw, List.of(), List.of(), new Answer.Ports(0, 0));
        }
        site.witness().forget();
        List<Answer> actual = play(exchange, site.fcgi(exchange, applications.layer(exchange)));
        List<Overheard> overheard = site.witness().overheard();
        boolean plain = exchange.transport() == Exchange.Transport.PLAIN;
        List<Answer> proxied = plain ? play(exchange, site.proxied()) : List.of();
        return new Evidence(direct, raw, actual, proxied, overheard, new Answer.Ports(site.port(exchange), 0));
    }

    private List<Answer> remembered(String name, Exchange exchange, Way way) {
        return ANSWERS.computeIfAbsent(name + axis.environment() + exchange.name(), key -> play(exchange, way));
    }

    private List<Answer> play(Exchange exchange, Way way) {
        return exchange.play(way, Wars.contextPath(axis.environment(), exchange.context()));
    }
}
