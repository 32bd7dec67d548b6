package dev.gangway.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriveTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello/unix/32",
                "upload/tcp/8/new",
                "hello/unix/4x8",
                "1m/tcp/1/new/lighttpd",
                "16k/unix/2/nginx"
            })
    void isWrittenAsItIsParsed(String text) {
        assertThat(Drive.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "bye/unix/1",
                "hello/udp/1",
                "hello/unix/x",
                "hello/unix/0",
                "hello/unix/1x0",
                "hello/unix/1/iis",
                "upload/unix/2x2"
            })
    void refusesWhatCannotBeDriven(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Drive.parse(text)).withMessageContaining(text);
    }
}
