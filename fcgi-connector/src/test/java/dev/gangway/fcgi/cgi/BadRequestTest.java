package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.fcgi.record.RequestError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadRequestTest {
    @ParameterizedTest
    @CsvSource({"MALFORMED, 400", "PARAMS_TOO_LARGE, 431"})
    @Tag("FCGI-160")
    void isTheSameAsAnErrorOfTheProtocol(RequestError.Kind kind, int status) {
        BadRequest request = BadRequest.of(new RequestError(kind, "why"));

        assertThat(request.getCode()).isEqualTo(status);
        assertThat(request.getReason()).isEqualTo("why");
    }
}
