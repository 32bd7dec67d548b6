package dev.gangway.servlet.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text | text",
                "a$b | a$b",
                "$ | $",
                "a$$b$$$$c | a$b$$c",
                "$${env:PATH} | ${env:PATH}",
                "${env:NOT_SET:-} | ''",
                "${env:NOT_SET:-a}-${env:NOT_SET:-b} | a-b",
                "${env:NOT_SET:-${env:NEITHER:-${sys:no.such:-c}}}/d | c/d",
                "${env:NOT_SET:-a:-b} | a:-b",
                "${env:NOT_SET:-{a}} | {a}"
            })
    void isWhatItStandsFor(String text, String expanded) {
        assertThat(References.expand(text)).isEqualTo(expanded);
    }

    @Test
    void valueIsTakenAsItIs() {
        System.setProperty("gangway.test", "${env:NOT_SET} $$ {");
        try {
            assertThat(References.expand("<${sys:gangway.test}>")).isEqualTo("<${env:NOT_SET} $$ {>");
        } finally {
            System.clearProperty("gangway.test");
        }
        assertThat(References.expand("${env:PATH:-x}")).isEqualTo(System.getenv("PATH"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${env:NOT_SET}", "a${env:NOT_SET}b", "${sys:no.such}", "${env:}", "${sys:}"})
    void whatIsNotSetIsAMistake(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> References.expand(text))
                .withMessageStartingWith("there is no value for ${");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${NOT_SET}", "${bundle:x}", "${}", "${env:PATH", "${env:NOT_SET:-${env:PATH}"})
    void whatMakesNoSenseIsAMistake(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> References.expand(text));
    }
}
