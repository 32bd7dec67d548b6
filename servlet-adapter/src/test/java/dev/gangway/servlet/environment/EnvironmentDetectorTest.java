package dev.gangway.servlet.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentDetectorTest {
    private static final String JAVAX = "javax/servlet";
    private static final String JAKARTA = "jakarta/servlet";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "http://java.sun.com/xml/ns/j2ee, 2.4, EE8",
        "http://java.sun.com/xml/ns/javaee, 2.5, EE8",
        "http://java.sun.com/xml/ns/javaee, 3.0, EE8",
        "http://xmlns.jcp.org/xml/ns/javaee, 3.1, EE8",
        "http://xmlns.jcp.org/xml/ns/javaee, 4.0, EE8",
        "https://jakarta.ee/xml/ns/jakartaee, 5.0, EE9",
        "https://jakarta.ee/xml/ns/jakartaee, 6.0, EE10",
        "https://jakarta.ee/xml/ns/jakartaee, 6.1, EE11",
        "https://jakarta.ee/xml/ns/jakartaee, 6.2, EE11",
        "https://jakarta.ee/xml/ns/jakartaee, 7.0, EE11"
    })
    void versionOfTheDescriptor(String namespace, String version, ServletEnvironment environment) throws IOException {
        assertEnvironment(new War().descriptor(webApp(namespace, version)), environment);
    }

    @Test
    void schemaOfADescriptorWithoutAVersion() throws IOException {
        assertEnvironment(
                new War()
                        .descriptor(
                                """
                                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee"
                                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                                    xsi:schemaLocation="https://jakarta.ee/xml/ns/jakartaee
                                        https://jakarta.ee/xml/ns/jakartaee/web-app_6_0.xsd"/>
                                """),
                ServletEnvironment.EE10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE web-app PUBLIC '-//Sun Microsystems, Inc.//DTD Web Application 2.2//EN'"
                        + " 'http://java.sun.com/j2ee/dtds/web-app_2_2.dtd'><web-app/>",
                "<?xml version='1.0' encoding='ISO-8859-1'?><!DOCTYPE web-app PUBLIC"
                        + " '-//Sun Microsystems, Inc.//DTD Web Application 2.3//EN'"
                        + " 'http://java.sun.com/dtd/web-app_2_3.dtd'><web-app><description/></web-app>",
                "<web-app/>",
                "<!DOCTYPE web-app [<!ENTITY more SYSTEM 'file:///nowhere'>]><web-app>&more;</web-app>"
            })
    void descriptorWithoutASchemaIsAnOldOne(String descriptor) throws IOException {
        assertEnvironment(new War().descriptor(descriptor), ServletEnvironment.EE8);
    }

    @Test
    void namespaceOfTheClassesWithoutADescriptor() throws IOException {
        assertEnvironment(new War().servlet("app/Main", JAVAX), ServletEnvironment.EE8);
        assertEnvironment(new War().servlet("app/Main", JAKARTA), ServletEnvironment.EE11);
        assertEnvironment(new War().library("app.jar", JAVAX, "app/Main"), ServletEnvironment.EE8);
        assertEnvironment(new War().library("app.jar", JAKARTA, "app/Main"), ServletEnvironment.EE11);
    }

    @Test
    void classesShowThatTheDescriptorWasForgottenInAMigration() throws IOException {
        War war = new War().descriptor(webApp("http://xmlns.jcp.org/xml/ns/javaee", "3.1"));

        assertEnvironment(war.servlet("app/Main", JAKARTA), ServletEnvironment.EE11);
    }

    @Test
    void servletOfTheDescriptorCountsMoreThanOtherLibraries() throws IOException {
        War war = new War()
                .descriptor(
                        "<web-app><servlet><servlet-class> org.frame.Dispatcher </servlet-class></servlet></web-app>");

        war.library("frame.jar", JAKARTA, "org/frame/Dispatcher")
                .library("logging.jar", JAVAX, "org/logging/Cleaner", "org/logging/Viewer");

        assertEnvironment(war, ServletEnvironment.EE11);
    }

    @Test
    void descriptorDecidesAmongLibrariesOfBothNamespaces() throws IOException {
        War war = new War().library("a.jar", JAKARTA, "a/One").library("b.jar", JAVAX, "b/One", "b/Two");

        assertEnvironment(war, ServletEnvironment.EE8);
        assertEnvironment(war.descriptor(webApp("https://jakarta.ee/xml/ns/jakartaee", "5.0")), ServletEnvironment.EE9);
    }

    @Test
    void mostLibrariesDecideWithoutADescriptor() throws IOException {
        assertEnvironment(
                new War().library("a.jar", JAKARTA, "a/One", "a/Two").library("b.jar", JAVAX, "b/One"),
                ServletEnvironment.EE11);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jakarta/servlet/http/HttpSession.getValue(Ljava/lang/String;)Ljava/lang/Object;",
                "jakarta/servlet/http/HttpServletResponse.setStatus(ILjava/lang/String;)V",
                "jakarta/servlet/http/HttpUtils.anything()V"
            })
    void callsOfWhatWasRemovedNeedTheLastEnvironmentThatHadIt(String method) throws IOException {
        assertEnvironment(new War().caller("app/Main", method), ServletEnvironment.EE9);
    }

    @ParameterizedTest
    @CsvSource({
        "jakarta/servlet/ServletRequest.getRequestId()Ljava/lang/String;, EE10",
        "jakarta/servlet/http/HttpServletResponse.sendRedirect(Ljava/lang/String;Z)V, EE11",
        "jakarta/servlet/http/HttpServletResponse.sendRedirect(Ljava/lang/String;)V, EE9",
        "com/example/Response.sendRedirect(Ljava/lang/String;Z)V, EE9",
    })
    void callsOfWhatIsNewRaiseTheEnvironmentOfTheDescriptor(String method, ServletEnvironment environment)
            throws IOException {
        War war = new War().descriptor(webApp("https://jakarta.ee/xml/ns/jakartaee", "5.0"));

        assertEnvironment(war.caller("app/Main", method), environment);
    }

    @Test
    void pagesTellIfThereAreNoClasses() throws IOException {
        String imports = "<%@ page import=\"NAMESPACE.servlet.http.Cookie\" %>";

        assertEnvironment(new War().file("index.jsp", imports.replace("NAMESPACE", "javax")), ServletEnvironment.EE8);
        assertEnvironment(
                new War().file("index.jsp", imports.replace("NAMESPACE", "jakarta")), ServletEnvironment.EE11);
    }

    @Test
    void staticFilesNeedNothing() throws IOException {
        assertEnvironment(new War().file("index.html", "javax.servlet."), ServletEnvironment.EE11);
    }

    @Test
    void damagedFilesAreLeftToJetty() throws IOException {
        assertEnvironment(
                new War()
                        .descriptor("<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.0'><oops>")
                        .file("WEB-INF/classes/Broken.class", "jakarta/servlet/")
                        .file("WEB-INF/lib/broken.jar", "no archive"),
                ServletEnvironment.EE10);
    }

    @Test
    void onlyOwnClassesForbidAnEnvironment() throws IOException {
        Path servlet = new War().servlet("app/Main", JAVAX).pack(folder.resolve("servlet.war"));
        Path library = new War().library("a.jar", JAVAX, "a/One").pack(folder.resolve("library.war"));

        assertThat(EnvironmentDetector.inspect(servlet).fits(ServletEnvironment.EE8))
                .isTrue();
        assertThat(EnvironmentDetector.inspect(servlet).fits(ServletEnvironment.EE11))
                .isFalse();
        assertThat(EnvironmentDetector.inspect(library).fits(ServletEnvironment.EE11))
                .isTrue();
    }

    private void assertEnvironment(War war, ServletEnvironment environment) throws IOException {
        assertThat(EnvironmentDetector.detect(war.pack(folder.resolve("packed.war"))))
                .as("packed")
                .isEqualTo(environment);
        assertThat(EnvironmentDetector.detect(war.unpack(Files.createTempDirectory(folder, "unpacked"))))
                .as("unpacked")
                .isEqualTo(environment);
    }

    private static String webApp(String namespace, String version) {
        return "<web-app xmlns='" + namespace + "' version='" + version + "'></web-app>";
    }
}
