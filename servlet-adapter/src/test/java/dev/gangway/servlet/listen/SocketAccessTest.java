package dev.gangway.servlet.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketAccessTest {
    @ParameterizedTest
    @CsvSource({"0660, rw-rw----", "600, rw-------", "0640, rw-r-----", "000, ---------"})
    void octalMode(String mode, String permissions) {
        assertThat(SocketAccess.of(mode, null, null).permissions())
                .isEqualTo(PosixFilePermissions.fromString(permissions));
    }

    @Tag("FCGI-158")
    @ParameterizedTest
    @ValueSource(strings = {"0666", "0661", "0770", "4660"})
    void widerModeThan0660IsRefused(String mode) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketAccess.of(mode, null, null))
                .withMessageContaining("want 0660 or stricter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rw-rw----", "0680", "66", "00660"})
    void malformedModeIsRefused(String mode) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketAccess.of(mode, null, null))
                .withMessageContaining("want octal digits");
    }
}
