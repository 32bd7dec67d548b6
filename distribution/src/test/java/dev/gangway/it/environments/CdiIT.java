package dev.gangway.it.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications that bring a CDI along, alone or with Faces, in one process behind nginx. */
class CdiIT {
    private static final Path LIBRARIES = Path.of(System.getProperty("gangway.applications"), "libraries");

    private static TempFolder folder;
    private static Behind site;

    @BeforeAll
    static void start() throws IOException {
        folder = TempFolder.create("cdi");
        List<String> applications = new ArrayList<>();
        for (Environment environment : Environment.values()) {
            applications.add("/" + environment + "=" + weldAndMojarra(environment));
        }
        applications.add("/myfaces="
                + faces(
                                "myfaces",
                                Environment.EE10,
                                "weld-servlet-shaded-5.1.2.Final",
                                "myfaces-api-4.0.2",
                                "myfaces-impl-4.0.2")
                        .directory());
        applications.add("/openwebbeans=" + openWebBeans());
        site = Behind.nginx(applications);
    }

    private static Path weldAndMojarra(Environment environment) throws IOException {
        WebApplication application =
                switch (environment) {
                    case EE8 -> faces("ee8", environment, "weld-servlet-shaded-3.1.9.Final", "jakarta.faces-2.3.21");
                    case EE9 -> faces("ee9", environment, "weld-servlet-shaded-4.0.3.Final", "jakarta.faces-3.0.5");
                    case EE10 -> faces("ee10", environment, "weld-servlet-shaded-5.1.2.Final", "jakarta.faces-4.0.5");
                    case EE11 -> faces("ee11", environment, "weld-servlet-shaded-6.0.2.Final", "jakarta.faces-4.1.2");
                };
        return application.pack(folder.resolve(environment + ".war"));
    }

    private static WebApplication faces(String name, Environment environment, String... libraries) throws IOException {
        return application(name, environment, libraries)
                .copy("cdi/faces/web.xml", "WEB-INF/web.xml")
                .copy("cdi/faces/hello.xhtml", "hello.xhtml");
    }

    private static WebApplication application(String name, Environment environment, String... libraries)
            throws IOException {
        WebApplication application = WebApplication.create(folder.resolve(name), environment)
                .write("WEB-INF/beans.xml", "<beans bean-discovery-mode=\"all\"/>");
        for (String library : libraries) {
            application.library(LIBRARIES.resolve(library + ".jar"));
        }
        return application.classes("cdi/classes");
    }

    private static Path openWebBeans() throws IOException {
        return application(
                        "openwebbeans",
                        Environment.EE10,
                        "openwebbeans-spi-4.0.2",
                        "openwebbeans-impl-4.0.2",
                        "openwebbeans-web-4.0.2",
                        "xbean-finder-shaded-4.24",
                        "xbean-asm9-shaded-4.24",
                        "jakarta.enterprise.cdi-api-4.0.1",
                        "jakarta.enterprise.lang-model-4.0.1",
                        "jakarta.inject-api-2.0.1",
                        "jakarta.interceptor-api-2.1.0")
                .copy("cdi/openwebbeans/web.xml", "WEB-INF/web.xml")
                .directory();
    }

    @AfterAll
    static void stop() {
        String log = site.stop();
        folder.close();
        // Each servlet has one.
        assertThat(log.split("note is released", -1)).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ee8", "ee9", "ee10", "ee11", "myfaces", "openwebbeans"})
    void injectsIntoServletsFiltersAndListeners(String application) throws IOException {
        RawResponse response = site.exchange(RawRequest.get("/" + application + "/hi"));

        assertThat(response.text()).isEqualTo("servlet: hello, listener: hello");
        assertThat(response.value("X-Filter")).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ee8", "ee9", "ee10", "ee11", "myfaces"})
    void facesHasTheBeans(String application) throws IOException {
        assertThat(site.get("/" + application + "/hello.xhtml")).contains("<p>faces: hello</p>");
    }

    /** It means this environment, but says otherwise. */
    @Test
    void tellsOfAnInitializerForAnotherNamespace() {
        assertThat(site.log())
                .contains("openwebbeans-web-4.0.2.jar of /openwebbeans is for javax.servlet, which ee10 does not have;"
                        + " not called: org.apache.webbeans.servlet.WebBeansConfigurationListener$Auto");
    }
}
