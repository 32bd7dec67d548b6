package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenTest {
    @Test
    @Tag("FCGI-116")
    void hasTheCharactersOfRfc9110() {
        String accepted = IntStream.range(0, 0x300)
                .mapToObj(Character::toString)
                .filter(Token::is)
                .collect(Collectors.joining());

        assertThat(accepted).isEqualTo("!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~");
    }

    @ParameterizedTest
    @CsvSource({"'', false", "GET, true", "M-SEARCH, true", "G ET, false", "GET/, false", "/GET, false"})
    @Tag("FCGI-116")
    void isNotEmptyAndHasNoOtherCharacter(String text, boolean token) {
        assertThat(Token.is(text)).isEqualTo(token);
    }
}
