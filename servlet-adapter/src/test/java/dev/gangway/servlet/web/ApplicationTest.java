package dev.gangway.servlet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationTest {
    @ParameterizedTest
    @CsvSource({
        "shop.war, /shop, shop.war",
        "lib/shop.war, /shop, lib/shop.war",
        "/srv/shop.war, /shop, /srv/shop.war",
        "/srv/shop/, /shop, /srv/shop",
        "ROOT.war, /, ROOT.war",
        "root, /, root",
        "/=shop.war, /, shop.war",
        "/a=shop.war, /a, shop.war",
        "/a/b/=/srv/shop, /a/b, /srv/shop",
        "./x=y.war, /x=y, x=y.war"
    })
    void pathAndLocation(String text, String contextPath, Path location) {
        Application application = Application.parse(text).named();

        assertThat(application.contextPath()).isEqualTo(contextPath);
        assertThat(application.location().normalize()).isEqualTo(location);
    }

    @Test
    void locationWithAnEqualsSignIsMeantIfItExists(@TempDir Path folder) throws Exception {
        Path location = Files.createFile(folder.resolve("a=b.war"));

        assertThat(Application.parse(location.toString()).named()).isEqualTo(new Application("/a=b", location));
    }

    @Test
    void anotherPathReplacesTheDefault() {
        assertThat(Application.parse("shop.war").at("/store/"))
                .isEqualTo(new Application("/store", Path.of("shop.war")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/x=", "/x= ", "/="})
    void emptyLocationIsNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Application.parse(text))
                .withMessage("'" + text + "' names no file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"my app.war", "app##2.war", "a;b", "100%.war"})
    void nameThatGivesNoContextPathNeedsOne(String location) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Application.parse(location).named())
                .withMessageContaining("write /PATH=" + location);

        assertThat(Application.parse("/app=" + location).named().location()).isEqualTo(Path.of(location));
        assertThat(Application.parse(location).at("/app").named().contextPath()).isEqualTo("/app");
    }

    @Test
    void contextInXmlMaySayWhereItIs() {
        assertThat(Application.parse("shop.xml").named().contextPath()).isNull();
        assertThat(Application.parse("/store=shop.xml").named().contextPath()).isEqualTo("/store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "", "/a?b", "/a b", "/a;b", "/%41", "//a", "/*"})
    void malformedContextPathIsRefused(String contextPath) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Application.parse("shop.war").at(contextPath))
                .withMessageContaining("want / or /NAME");
    }
}
