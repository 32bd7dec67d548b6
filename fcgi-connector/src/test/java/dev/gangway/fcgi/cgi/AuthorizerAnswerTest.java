package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

class AuthorizerAnswerTest {
    private final AuthorizerAnswer answer = new AuthorizerAnswer(StandardCharsets.UTF_8);

    @Test
    void isOpenAtFirst() {
        assertThat(answer.isGranted()).isFalse();
        assertThat(answer.isDenied()).isFalse();
    }

    @Test
    void mayBeTakenBack() {
        answer.setGranted(true);
        assertThat(answer.isGranted()).isTrue();

        answer.setGranted(false);

        assertThat(answer.isGranted()).isFalse();
    }

    @Test
    void isDeniedForEver() {
        answer.deny();
        answer.setGranted(true);

        assertThat(answer.isGranted()).isFalse();
        assertThat(answer.isDenied()).isTrue();
    }

    @Test
    void variablesThatAreSetWinOverThoseOfTheResponse() {
        HttpFields response = HttpFields.build()
                .put("Variable-A", "header")
                .put("variable-B", "header")
                .put("Content-Type", "text/plain")
                .asImmutable();
        answer.setVariable("A", "\u00e4");

        HttpFields variables = answer.variables(response);

        assertThat(variables.stream().map(field -> field.getName() + "=" + field.getValue()))
                .containsExactly("variable-B=header", "Variable-A=\u00c3\u00a4");
        assertThat(AuthorizerAnswer.withoutVariables(response).getFieldNamesCollection())
                .containsExactly("Content-Type");
    }

    @Test
    void variablesCannotBreakOutOfTheirHeader() {
        assertThatThrownBy(() -> answer.setVariable("A b", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> answer.setVariable("A", "x\r\nB: y")).isInstanceOf(IllegalArgumentException.class);
    }
}
