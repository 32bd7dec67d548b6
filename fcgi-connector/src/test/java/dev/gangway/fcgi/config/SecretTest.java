package dev.gangway.fcgi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretTest {
    private static final byte[] RIGHT = bytes("0123456789abcdef");
    private static final byte[] WRONG = bytes("0123456789abcdeF");

    private final Secret secret = Secret.of(RIGHT);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void isNotRequiredUnlessThereIsOne() {
        assertThat(Secret.of(null).isRequired()).isFalse();
        assertThat(Secret.NONE.admits(List.of())).isTrue();
        assertThat(Secret.NONE.is(RIGHT, 0, RIGHT.length)).isFalse();
        assertThat(secret.isRequired()).isTrue();
    }

    @Test
    void isNotShort() {
        assertThatThrownBy(() -> Secret.of(bytes("0123456789abcde")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the secret has 15 bytes, want at least 16");
    }

    @Test
    void isNotChangedFromOutside() {
        byte[] given = RIGHT.clone();
        Secret copied = Secret.of(given);
        given[0]++;

        assertThat(copied.admits(List.of(RIGHT))).isTrue();
    }

    @Test
    void hasToBeSaidAndToBeRightEachTime() {
        assertThat(secret.admits(List.of(RIGHT))).isTrue();
        assertThat(secret.admits(List.of(RIGHT, RIGHT))).isTrue();
        assertThat(secret.admits(List.of())).isFalse();
        assertThat(secret.admits(List.of(WRONG))).isFalse();
        assertThat(secret.admits(List.of(RIGHT, WRONG))).isFalse();
    }

    @Test
    void isFoundInAPartOfSomeBytes() {
        byte[] block = bytes("==0123456789abcdef==");

        assertThat(secret.is(block, 2, 16)).isTrue();
        assertThat(secret.is(block, 1, 16)).isFalse();
        assertThat(secret.is(block, 2, 15)).isFalse();
    }
}
