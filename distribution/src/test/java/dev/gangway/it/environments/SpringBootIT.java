package dev.gangway.it.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Body;
import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * WARs of Spring Boot, made here by Maven: with and without Spring Security, with Tomcat's jars inside, as they are if
 * nobody has said {@code provided}, and without. With {@code -Dgangway.full=true} all of them, else the hardest one.
 */
class SpringBootIT {
    /** One way to make the application. */
    record Variant(String boot, String tomcat, boolean security) {
        String path() {
            return "/boot" + boot.charAt(0) + "-" + tomcat + (security ? "-security" : "");
        }
    }

    private static final Map<Variant, Path> WARS = new LinkedHashMap<>();
    private static TempFolder folder;
    private static Behind site;

    static List<Variant> variants() {
        if (!Boolean.getBoolean("gangway.full")) {
            return List.of(new Variant("4.0.7", "compile", true));
        }
        List<Variant> variants = new ArrayList<>();
        for (String boot : List.of("3.5.7", "4.0.7")) {
            for (String tomcat : List.of("provided", "compile")) {
                variants.add(new Variant(boot, tomcat, false));
                variants.add(new Variant(boot, tomcat, true));
            }
        }
        return variants;
    }

    @BeforeAll
    static void start() throws IOException {
        folder = TempFolder.create("boot");
        for (Variant variant : variants()) {
            WARS.put(variant, build(variant));
        }
        site = Behind.nginx(WARS.entrySet().stream()
                .map(war -> war.getKey().path() + "=" + war.getValue())
                .toList());
    }

    private static Path build(Variant variant) throws IOException {
        Path project = Files.createDirectory(folder.resolve(variant.path().substring(1)));
        copy(Path.of("src/test/resources/applications/boot"), project);
        List<String> command = new ArrayList<>(List.of(
                Path.of("..", "mvnw").toAbsolutePath().normalize().toString(),
                "-q",
                "-B",
                "-ntp",
                "package",
                "-Dboot.version=" + variant.boot(),
                "-Dtomcat.scope=" + variant.tomcat()));
        if (variant.security()) {
            command.add("-Psecurity");
        }
        Map<String, String> environment = Map.of("JAVA_HOME", System.getProperty("java.home"));
        try (ChildProcess maven = ChildProcess.start(project.resolve("maven.log"), environment, command)) {
            assertThat(maven.join()).as(maven.log()).isZero();
        }
        return project.resolve("target/shop.war");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(path));
                Files.createDirectories(target.getParent());
                Files.copy(path, target);
            }
        }
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.stop();
        }
        folder.close();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void answers(Variant variant) throws IOException {
        RawRequest hello = RawRequest.get(variant.path() + "/hello?name=J%C3%BCrgen");
        RawRequest known = hello.header("Authorization", "Basic am9lOmpvZXMtcGFzc3dvcmQ=");

        assertThat(site.exchange(hello).status()).isEqualTo(variant.security() ? 401 : 200);
        assertThat(site.exchange(known).text())
                .isEqualTo(variant.security() ? "Hello Jürgen, I am joe" : "Hello Jürgen");
        assertThat(site.exchange(known.header("Accept", "text/html")).status()).isEqualTo(200);
        assertThat(site.exchange(RawRequest.get(variant.path() + "/nothing")
                                .header("Authorization", "Basic am9lOmpvZXMtcGFzc3dvcmQ="))
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void takesAForm(Variant variant) throws IOException {
        RawRequest order = RawRequest.post(variant.path() + "/order", Body.of("item=gr%C3%BCn"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Basic am9lOmpvZXMtcGFzc3dvcmQ=");

        RawResponse response = site.exchange(order);

        // Spring Security wants a token that its own forms have, before it looks at who it is.
        assertThat(response.status()).isEqualTo(variant.security() ? 401 : 200);
        if (!variant.security()) {
            assertThat(response.text()).isEqualTo("ordered grün");
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void jarsOfTomcatAreNamedInTheLog(Variant variant) {
        assertThat(site.log().lines().anyMatch(line -> line.contains(variant.path()) && line.contains("tomcat-embed")))
                .isEqualTo(variant.tomcat().equals("compile"));
    }
}
