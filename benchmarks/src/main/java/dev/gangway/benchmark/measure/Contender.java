package dev.gangway.benchmark.measure;

import dev.gangway.benchmark.backend.JettyBackEnd;
import dev.gangway.benchmark.backend.TomcatBackEnd;
import dev.gangway.benchmark.load.Protocol;
import dev.gangway.benchmark.measure.Program.InJava;
import dev.gangway.benchmark.measure.Program.Native;
import java.util.List;

/** A way from a web server to the servlets, or to what does the same. */
public record Contender(String name, Protocol protocol, Program program) {
    /** All that there are, in the order of tables. */
    public static final List<Contender> ALL = List.of(
            new Contender("gangway", Protocol.FASTCGI, new InJava(JettyBackEnd.class, "gangway", "")),
            new Contender(
                    "gangway-selectors", Protocol.FASTCGI, new InJava(JettyBackEnd.class, "gangway-selectors", "")),
            new Contender("jetty-http", Protocol.HTTP, new InJava(JettyBackEnd.class, "http", "")),
            new Contender("jetty-fcgi", Protocol.FASTCGI, new InJava(JettyBackEnd.class, "fcgi", "")),
            new Contender("tomcat-http", Protocol.HTTP, new InJava(TomcatBackEnd.class, "http", "")),
            new Contender("tomcat-ajp", Protocol.AJP, new InJava(TomcatBackEnd.class, "ajp", "")),
            new Contender("php-fpm", Protocol.FASTCGI, new Native("php-fpm.sh", "index.php")),
            new Contender("libfcgi", Protocol.FASTCGI, new Native("libfcgi.sh", "libfcgi.c")));

    /** Those in Java. */
    public static final List<Contender> SERVLET_CONTAINERS = ALL.stream()
            .filter(contender -> contender.program instanceof InJava)
            .toList();

    /** What the others are compared with. */
    static final Contender REFERENCE = named("jetty-http");

    /** {@return Gangway with other classes of the connector, for a comparison of before and after} */
    public static Contender gangway(String name, String classes) {
        return new Contender(name, Protocol.FASTCGI, new InJava(JettyBackEnd.class, "gangway", classes));
    }

    /** {@return the contender of this name} */
    public static Contender named(String name) {
        return ALL.stream()
                .filter(contender -> contender.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is none of "
                        + ALL.stream().map(Contender::name).toList()));
    }
}
