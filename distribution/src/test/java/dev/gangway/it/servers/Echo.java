package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.RawResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a servlet saw of a request, told by {@code /probe/echo}. */
record Echo(Map<?, ?> json) {
    static Echo of(RawResponse response) {
        assertThat(response.status()).isEqualTo(200);
        return new Echo(response.json());
    }

    String text(String name) {
        return (String) json.get(name);
    }

    long number(String name) {
        return (Long) json.get(name);
    }

    boolean flag(String name) {
        return (Boolean) json.get(name);
    }

    /** All values of a header, as one text: some servers join them and some do not. */
    String header(String name) {
        return String.join(
                ", ",
                pairs("headers")
                        .filter(pair -> pair.get(0).equalsIgnoreCase(name))
                        .map(pair -> pair.get(1))
                        .toList());
    }

    boolean hasHeader(String name) {
        return pairs("headers").anyMatch(pair -> pair.get(0).equalsIgnoreCase(name));
    }

    /** The cookies in the form {@code name=value}. */
    List<String> cookies() {
        return pairs("cookies").map(pair -> pair.get(0) + "=" + pair.get(1)).toList();
    }

    List<String> parameter(String name) {
        Map<?, ?> parameters = (Map<?, ?>) json.get("parameters");
        return strings(parameters.get(name)).toList();
    }

    private Stream<List<String>> pairs(String name) {
        return Arrays.stream((Object[]) json.get(name))
                .map(pair -> strings(pair).toList());
    }

    private static Stream<String> strings(Object array) {
        return Arrays.stream((Object[]) array).map(String.class::cast);
    }
}
