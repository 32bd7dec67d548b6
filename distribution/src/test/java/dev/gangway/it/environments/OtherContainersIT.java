package dev.gangway.it.environments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebApplication;
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

/** Applications that bring another container along, or need one; side by side behind nginx. */
class OtherContainersIT {
    private static final Path LIBRARIES = Path.of(System.getProperty("gangway.applications"), "libraries");
    private static final List<String> ABSENT = List.of(
            "org/eclipse/jetty/websocket/servlet/WebSocketServlet",
            "org/apache/catalina/filters/FilterBase",
            "org/apache/catalina/Events");

    private static TempFolder folder;
    private static Behind site;

    @BeforeAll
    static void start() throws IOException {
        folder = TempFolder.create("containers");
        List<String> applications = new ArrayList<>();
        applications.add("/tomcat="
                + withLibraries(
                        "tomcat",
                        Environment.EE11,
                        "tomcat-embed-core-11.0.27",
                        "tomcat-embed-el-11.0.27",
                        "tomcat-embed-jasper-11.0.27",
                        "tomcat-embed-websocket-11.0.27"));
        applications.add("/jetty="
                + withLibraries(
                        "jetty",
                        Environment.EE10,
                        "jetty-ee10-apache-jsp-12.1.7",
                        "jetty-ee10-websocket-jetty-server-12.1.7"));
        for (Environment environment : Environment.values()) {
            applications.add(
                    "/" + environment + "=" + needy(environment.toString(), environment, "containers/web.xml"));
        }
        site = Behind.nginx(applications);
    }

    private static Path withLibraries(String name, Environment environment, String... libraries) throws IOException {
        WebApplication application = WebApplication.create(folder.resolve(name + "-directory"), environment)
                .copy("containers/empty.xml", "WEB-INF/web.xml")
                .copy("containers/page.jsp", "page.jsp");
        for (String library : libraries) {
            application.library(LIBRARIES.resolve(library + ".jar"));
        }
        return application.pack(folder.resolve(name + ".war"));
    }

    private static Path needy(String name, Environment environment, String descriptor) throws IOException {
        WebApplication application = WebApplication.create(folder.resolve(name), environment)
                .copy(descriptor, "WEB-INF/web.xml")
                .copy("containers/page.jsp", "page.jsp")
                .classes("containers/classes");
        for (String absent : ABSENT) {
            Files.delete(application.directory().resolve("WEB-INF/classes/" + absent + ".class"));
        }
        return application.directory();
    }

    @AfterAll
    static void stop() {
        site.stop();
        folder.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomcat", "jetty"})
    void pagesAreThoseOfTheEnvironment(String application) throws IOException {
        assertThat(site.get("/" + application + "/page.jsp").strip()).isEqualTo("page: 2");
    }

    @Test
    void namesTheJarsOnce() {
        for (String jar : List.of(
                "tomcat-embed-jasper-11.0.27.jar of /tomcat",
                "tomcat-embed-websocket-11.0.27.jar of /tomcat",
                "jetty-ee10-websocket-jetty-server-12.1.7.jar of /jetty")) {
            assertThat(site.log().split(jar + " belongs to another container; its initializers are not called", -1))
                    .as(jar)
                    .hasSize(2);
        }
        assertThat(site.log()).doesNotContain("jetty-ee10-apache-jsp-12.1.7.jar of", "juli");
    }

    @ParameterizedTest
    @EnumSource
    void leavesOutWhatNeedsTheClassesOfAnother(Environment environment) throws IOException {
        assertThat(site.log())
                .contains("Servlet chat is left out, since it needs"
                        + " org.eclipse.jetty.websocket.servlet.WebSocketServlet of another container")
                .contains("Servlet needy is left out, since it needs"
                        + " org.eclipse.jetty.websocket.servlet.WebSocketServlet of another container")
                .contains(
                        "Listener app.Ears is left out, since it needs org.apache.catalina.Events of another container");
        assertThat(site.exchange(RawRequest.get("/" + environment + "/chat")).status())
                .isEqualTo(404);
        assertThat(site.exchange(RawRequest.get("/" + environment + "/needy")).status())
                .isEqualTo(404);
        assertThat(site.get("/" + environment + "/page.jsp").strip()).isEqualTo("page: 2");
    }

    /** It may be what protects the application. */
    @ParameterizedTest
    @EnumSource
    void doesNotLeaveOutAFilter(Environment environment) throws IOException {
        Path application = needy("guarded-" + environment, environment, "containers/guarded.xml");

        assertThatThrownBy(() -> GangwayProcess.start(List.of("/=" + application)))
                .hasMessageContaining("filter guard needs org.apache.catalina.filters.FilterBase of another container");
    }
}
