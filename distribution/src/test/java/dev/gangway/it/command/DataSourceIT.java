package dev.gangway.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Documents;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A database outside of the applications, behind nginx: the context in XML that the documents show, for each
 * environment, with a driver that no WAR has.
 */
class DataSourceIT {
    private static final String DRIVER = System.getProperty("gangway.applications") + "/h2.jar";

    private static final String RESOURCE_REF =
            "<resource-ref><res-ref-name>jdbc/shop</res-ref-name><res-type>javax.sql.DataSource</res-type></resource-ref>";
    private static final String TOMCAT = "<?xml version='1.0'?><Context path='/x'>"
            + "<Loader delegate='true'/><Resource name='jdbc/shop' type='javax.sql.DataSource'/>"
            + "<Resource name='mail/post' type='javax.mail.Session'><x/></Resource><Realm/></Context>";

    private static TempFolder folder;
    private static Path drivers;
    private static Command gangway;
    private static RunningServer nginx;

    @BeforeAll
    static void start() throws IOException {
        folder = TempFolder.create("data");
        drivers = Files.createDirectory(folder.resolve("drivers"));
        Files.copy(Path.of(DRIVER), drivers.resolve("h2.jar"));
        List<String> words = new ArrayList<>(List.of("run"));
        for (Environment environment : Environment.values()) {
            words.add("/" + environment + "=" + context(environment));
        }
        // The path of the context itself.
        words.add(context(Environment.EE10, "own").toString());
        words.addAll(List.of("--lib=" + drivers, "--listen=tcp:127.0.0.1:0"));
        gangway = start(words);
        nginx = RunningServer.start(WebServer.NGINX, "tcp", gangway.placeholders());
    }

    @AfterAll
    static void stop() {
        nginx.close();
        gangway.close();
        folder.close();
    }

    @ParameterizedTest
    @EnumSource
    void applicationFindsTheDatabase(Environment environment) throws IOException {
        assertThat(get("/" + environment + "/visit.jsp")).isEqualTo("Ahoy 1");
        assertThat(get("/" + environment + "/visit.jsp")).isEqualTo("Ahoy 2");
    }

    @Test
    void contextSaysWhereItIs() throws IOException {
        assertThat(gangway.awaitReady()).startsWith("gangway: ready, serving /ee8, /ee9, /ee10, /ee11, /shop on ");
        assertThat(get("/shop/visit.jsp")).isEqualTo("Ahoy 1");
    }

    @Test
    void whatIsSetUpIsNotMissed() {
        assertThat(gangway.err()).doesNotContain("META-INF/context.xml");
    }

    @ParameterizedTest
    @EnumSource
    void applicationFindsTheLibraryItself(Environment environment) throws IOException {
        assertThat(get("/" + environment + "/driver.jsp")).isEqualTo("H2");
    }

    @Test
    void directoryServesTheSameContext() throws IOException {
        Path apps = Files.createDirectory(folder.resolve("apps"));
        Files.copy(context(Environment.EE11, "served"), apps.resolve("store.xml"));
        try (Command serve = start(List.of("serve", apps.toString(), "--lib=" + drivers, "--listen=tcp:127.0.0.1:0"))) {
            try (RunningServer front = RunningServer.start(WebServer.NGINX, "tcp", serve.placeholders())) {
                assertThat(get(front.port(), "/shop/visit.jsp")).isEqualTo("Ahoy 1");
            }
        }
    }

    @Test
    void missingDriverIsNamed() throws IOException {
        Path context = context(Environment.EE10, "undriven");
        try (Command run = start(List.of("run", context.toString(), "--listen=unix:app.sock"))) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.err())
                    .endsWith("gangway: " + context + " cannot be served: line 9: it needs the class"
                            + " org.h2.jdbcx.JdbcDataSource; name its jar with --lib\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.0", "6.0"})
    void resourceOfTomcatIsTold(String version) throws IOException {
        Path war = folder.resolve("tomcat.war");
        Webapp.of(version, RESOURCE_REF).with("META-INF/context.xml", TOMCAT).pack(war);
        try (Command run = start(List.of("run", war.toString(), "--listen=unix:app.sock"))) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.err().lines().filter(line -> line.contains("META-INF/context.xml")))
                    .singleElement()
                    .asString()
                    .contains("META-INF/context.xml of /tomcat is Tomcat's and is not read."
                            + " It sets up Resource jdbc/shop, Resource mail/post, Realm;");
            assertThat(run.err())
                    .endsWith("gangway: " + war + " failed to start at /tomcat: its descriptor asks for the resource"
                            + " jdbc/shop, which is not set up; set it up in a context in Jetty's XML, and serve that"
                            + " instead of the WAR\n");
        }
    }

    private static Path context(Environment environment) throws IOException {
        return context(environment, environment.toString());
    }

    /** The context that the documents show, with a database and a WAR of its own. */
    private static Path context(Environment environment, String name) throws IOException {
        Path war = folder.resolve(name + ".war");
        Webapp.of(environment.version(), RESOURCE_REF)
                .with("META-INF/context.xml", "<Context><Resource name='jdbc/shop'/></Context>")
                .with(
                        "visit.jsp",
                        "<%@ page import='java.sql.*,javax.naming.*,javax.sql.*' %><% Context env = (Context) new"
                                + " InitialContext().lookup(\"java:comp/env\"); try (Connection c = ((DataSource)"
                                + " env.lookup(\"jdbc/shop\")).getConnection(); Statement s = c.createStatement()) {"
                                + " s.execute(\"create table if not exists visit (n int)\");"
                                + " s.execute(\"insert into visit values (1)\");"
                                + " ResultSet r = s.executeQuery(\"select count(*) from visit\"); r.next();"
                                + " out.print(env.lookup(\"greeting\") + \" \" + r.getInt(1)); } %>")
                .with(
                        "driver.jsp",
                        "<%@ page import='java.sql.*' %><% Class.forName(\"org.h2.Driver\"); try (Connection c ="
                                + " DriverManager.getConnection(\"jdbc:h2:mem:x\")) {"
                                + " out.print(c.getMetaData().getDatabaseProductName()); } %>")
                .pack(war);
        return folder.write(
                name + ".xml",
                Documents.block("xml")
                        .replace("ee10", environment.toString())
                        .replace("/srv/shop.war", war.toString())
                        .replace("/var/lib/shop", folder.resolve(name + "-data").toString()));
    }

    private static Command start(List<String> arguments) {
        return Command.start(
                builder -> builder.environment().put("SHOP_PASSWORD", "secret"),
                Command.withGangway(List.of("env", "--default-signal"), arguments.toArray(String[]::new)));
    }

    private static String get(String target) throws IOException {
        return get(nginx.port(), target);
    }

    private static String get(int port, String target) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            RawResponse response = http.exchange(RawRequest.get(target));
            String text = response.text();
            assertThat(response.status()).as(text).isEqualTo(200);
            return text.strip();
        }
    }
}
