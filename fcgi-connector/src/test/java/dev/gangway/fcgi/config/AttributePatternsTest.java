package dev.gangway.fcgi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("FCGI-136")
class AttributePatternsTest {
    private final AttributePatterns patterns = AttributePatterns.of(List.of("APP_*", "DEPLOYMENT", "H*"));

    @ParameterizedTest
    @CsvSource({
        "APP_ONE, true",
        "APP_, true",
        "APP, false",
        "APPLE, false",
        "MY_APP_ONE, false",
        "app_one, false",
        "APP_.x, false",
        ".APP_, false",
        "DEPLOYMENT, true",
        "DEPLOYMENT2, false",
        "DEPLOY, false",
        "HOST, true",
        "HTTP, true",
        "HTTP_, false",
        "HTTP_HOST, false"
    })
    void matchNamesAndBeginnings(String name, boolean matched) {
        assertThat(patterns.matches(name)).isEqualTo(matched);
    }

    @Test
    void matchNothingIfThereAreNone() {
        assertThat(AttributePatterns.NONE.isEmpty()).isTrue();
        assertThat(AttributePatterns.NONE.matches("")).isFalse();
        assertThat(patterns.isEmpty()).isFalse();
    }

    @Test
    void areShownAsWritten() {
        assertThat(patterns).hasToString("APP_*,DEPLOYMENT,H*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "a*b", "A**", "1X", "a.b", "a.*", "a b", "HTTP_*", "HTTP_X", "HTTP_X*"})
    void areRefusedIfTooWideOrWithoutEffect(String pattern) {
        assertThatThrownBy(() -> AttributePatterns.of(List.of("GOOD", pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("attribute pattern '" + pattern + "': ");
    }
}
