package dev.gangway.servlet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gangway.servlet.environment.ContextFile;
import dev.gangway.servlet.environment.Libraries;
import dev.gangway.servlet.environment.War;
import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.handover.Redeployment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Attributes;
import org.eclipse.jetty.util.component.Environment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What in a directory cannot be served, and how that is told. */
class WebappFactoryTest {
    private static final Environment ANY = Environment.ensure("any", WebappFactory.class);

    @TempDir
    private Path folder;

    private Path war;
    private Path properties;

    @BeforeEach
    void write() throws IOException {
        war = new War().servlet("Old", "javax/servlet").pack(folder.resolve("shop.war"));
        properties = folder.resolve("shop.properties");
    }

    @Test
    void environmentThatDoesNotFit() throws IOException {
        Files.writeString(properties, "environment: ee11");

        assertFailure(
                war,
                war + " needs javax.servlet, which ee11 does not have; write 'environment = ee8' into " + properties);
    }

    @Test
    void environmentThatDoesNotExist() throws IOException {
        Files.writeString(properties, "environment=ee7\n");

        assertFailure(
                war, war + " has the wrong environment: 'ee7' is not an environment, want ee8, ee9, ee10 or ee11");
    }

    @Test
    void wayOfRedeploymentThatDoesNotExist() throws IOException {
        Files.writeString(properties, "environment = ee8\nredeploy = never\n");

        assertFailure(war, war + " cannot be served: redeploy is 'never', want beside or stop");
    }

    @Test
    void contextForAnEnvironmentThatDoesNotExist() throws IOException {
        Path xml = Files.writeString(
                folder.resolve("shop.xml"), "<Configure class='org.eclipse.jetty.ee12.webapp.WebAppContext'/>");

        assertFailure(
                xml, xml + " has the wrong environment: 'ee12' is not an environment, want ee8, ee9, ee10 or ee11");
    }

    @Test
    void contextForAnotherEnvironment() throws IOException {
        Path xml = Files.writeString(
                folder.resolve("shop.xml"), "<Configure class='org.eclipse.jetty.ee10.webapp.WebAppContext'/>");
        Files.writeString(properties, "environment = ee11");

        assertFailure(xml, xml + " is a context for ee10, and not for ee11");
    }

    @Test
    void contextOfWhatIsNoApplication() throws IOException {
        Path keys = Files.createDirectory(folder.resolve("keys"));

        assertFailure(context("/no/such.war"), "there is no /no/such.war");
        assertFailure(context(" " + keys + "\n"), keys + " has no WEB-INF, so it is not a web application;");
        assertFailure(context("/"), "/ is the whole file system, not a web application");
        assertFailure(context("file:///no/such.war"), "there is no /no/such.war");
        assertFailure(context("file:/no/such.war"), "there is no /no/such.war");
        assertFailure(context("<Env name='NO_SUCH' default='/no'/>/such.war"), "there is no /no/such.war");
        assertFailure(context("<SystemProperty name='no.such' default='/no'/>/such.war"), "there is no /no/such.war");
    }

    @Test
    void contextWhosePlaceIsNotKnownYet() throws Exception {
        assertThat(ContextFile.read(context("<Env name='SHOP'/>/shop.war")).war())
                .isNull();
        assertThat(ContextFile.read(context("<Env name='NO_SUCH'><Default>/srv</Default></Env>/shop.war"))
                        .war())
                .isNull();
        assertThat(ContextFile.read(context("<Property name='x' default='/srv'/>/shop.war"))
                        .war())
                .isNull();
        assertThat(ContextFile.read(context("file:/my%20shop.war")).war()).isNull();
        assertThat(ContextFile.read(context("https://app.example/shop.war")).war())
                .isNull();
        assertThat(ContextFile.read(context("")).war()).isNull();
        assertThat(ContextFile.read(context("shop.war"))).isEqualTo(new ContextFile("ee10", Path.of("shop.war")));
    }

    private Path context(String war) throws IOException {
        return Files.writeString(
                folder.resolve("shop.xml"),
                "<Configure class='org.eclipse.jetty.ee10.webapp.WebAppContext'><Set name='war'>" + war
                        + "</Set></Configure>");
    }

    @Test
    void directoryWithoutWebInfIsNotServedUnasked() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("keys"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/"));

        assertFailure(
                directory, directory + " has no WEB-INF, so it is not a web application; if all files in it may be");
        assertFailure(link, link + " is the whole file system, not a web application");
    }

    @Test
    void contextThatIsNotXml() throws IOException {
        Path xml = Files.writeString(folder.resolve("shop.xml"), "no XML");

        assertFailure(xml, xml + " cannot be served, since it is not XML: line 1");
    }

    @Test
    void propertiesThatCannotBeRead() throws IOException {
        Files.write(properties, "a=\u00e4".getBytes(StandardCharsets.ISO_8859_1));

        assertFailure(war, "cannot read " + properties + ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "shop.war, /shop, ''",
        "Shop-1.2.war, /Shop-1.2, ''",
        "root.war, /, ''",
        "'ROOT-www.example.org,example.org.war', /, 'www.example.org,example.org'"
    })
    void whatCannotBeServedIsUnavailableAtItsPath(String name, String path, String hosts) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "no archive");

        ContextHandler context =
                factory().newContextHandler(new Server(), ANY, file, Set.of(), new Attributes.Mapped());

        assertThat(context).isInstanceOf(UnavailableContext.class);
        assertThat(context.getContextPath()).isEqualTo(path);
        assertThat(String.join(",", context.getVirtualHosts())).isEqualTo(hosts);
    }

    private void assertFailure(Path location, String message) {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> factory().create(new Server(), ANY, location))
                .withMessageStartingWith(message);
    }

    private WebappFactory factory() {
        return new WebappFactory(
                new Libraries(folder.resolve("lib"), List.of()), new Admission(false), Redeployment.BESIDE);
    }
}
