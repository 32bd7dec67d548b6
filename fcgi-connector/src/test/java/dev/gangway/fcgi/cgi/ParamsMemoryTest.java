package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.record.Params;
import dev.gangway.fcgi.record.ParamsBuilder;
import dev.gangway.fcgi.record.RequestError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParamsMemoryTest {
    private static final String SECRET = "0123456789abcdef";
    private static final Pairs USUAL = Pairs.of(
            "REQUEST_METHOD", "GET", "REQUEST_URI", "/a", "HTTPS", "on", "REMOTE_ADDR", "10.0.0.1", "HTTP_X", "y");

    private final FcgiConfiguration configuration = new FcgiConfiguration();
    private final ParamsMemory memory = new ParamsMemory(configuration);

    private RequestParams read(Pairs pairs) {
        return read(collected(pairs));
    }

    private ParamsBuilder collected(Pairs pairs) {
        ParamsBuilder builder = memory.builder();
        try {
            builder.add(ByteBuffer.wrap(pairs.encode()));
        } catch (RequestError e) {
            throw new AssertionError(e);
        }
        return builder;
    }

    private RequestParams read(ParamsBuilder builder) {
        try {
            return memory.read(builder.build(), builder);
        } catch (RequestError e) {
            throw new AssertionError(e);
        }
    }

    private void warmUp() {
        read(USUAL);
        read(USUAL);
    }

    private static List<String> text(RequestParams params) {
        List<String> text = new ArrayList<>();
        for (int pair = 0; pair < params.size(); pair++) {
            text.add(params.name(pair) + "=" + params.value(pair, StandardCharsets.ISO_8859_1));
        }
        return text;
    }

    @Test
    void sharesPairsOfTheSameBytes() {
        warmUp();
        RequestParams before = read(USUAL);

        RequestParams now = read(USUAL.with("REQUEST_URI", "/b"));

        assertThat(now.get(0)).isSameAs(before.get(0));
        assertThat(now.value(1, StandardCharsets.UTF_8)).isEqualTo("/b");
        assertThat(now.get(2)).isSameAs(before.get(2));
        assertThat(before.value(1, StandardCharsets.UTF_8)).isEqualTo("/a");
    }

    @Test
    void remembersNothingOfTheFirstRequest() {
        RequestParams first = read(USUAL);
        RequestParams second = read(USUAL);

        assertThat(second.get(0)).isNotSameAs(first.get(0));
        assertThat(text(second)).isEqualTo(text(first));
        assertThat(read(USUAL).get(0)).isSameAs(second.get(0));
    }

    @Test
    void findsThePairsAfterOthersHaveComeOrGone() {
        warmUp();
        RequestParams before = read(USUAL);

        RequestParams without = read(Pairs.of("REQUEST_METHOD", "GET", "REMOTE_ADDR", "10.0.0.1", "HTTP_X", "y"));
        RequestParams more = read(Pairs.of("NEW", "1", "REQUEST_METHOD", "GET", "HTTP_X", "y", "HTTP_Y", "z"));

        assertThat(text(without)).containsExactly("REQUEST_METHOD=GET", "REMOTE_ADDR=10.0.0.1", "HTTP_X=y");
        assertThat(without.get(2)).isSameAs(before.get(4));
        assertThat(text(more)).containsExactly("NEW=1", "REQUEST_METHOD=GET", "HTTP_X=y", "HTTP_Y=z");
        assertThat(more.get(2)).isSameAs(before.get(4));
    }

    /** What a request does not send is not there, whatever the one before has sent. */
    @Test
    @Tag("FCGI-117")
    void addsNothingOfTheRequestBefore() {
        warmUp();

        CgiRequest plain = Given.reader(read(Pairs.of("REQUEST_METHOD", "GET", "REQUEST_URI", "/b")))
                .read();

        assertThat(plain.secure()).isFalse();
        assertThat(plain.remote().getHostString()).isEmpty();
        assertThat(plain.fields()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP_AUTHORIZATION",
                "HTTP_PROXY_AUTHORIZATION",
                "REDIRECT_HTTP_AUTHORIZATION",
                "HTTP_COOKIE",
                "REMOTE_PASSWD",
                "GANGWAY_SECRET",
                "REDIRECT_GANGWAY_SECRET",
                "HTTP_X_API_KEY",
                "HTTP_X_CSRF_TOKEN",
                "SSL_SESSION_ID"
            })
    @Tag("FCGI-164")
    void keepsNoCredentials(String name) {
        warmUp();
        Pairs pairs = USUAL.and(name, "confidential");
        ParamsBuilder collected = collected(pairs);
        RequestParams first = read(collected);
        assertThat(text(first)).contains(name + "=confidential");

        // Its bytes are overwritten, and so would not be read any more.
        assertThatThrownBy(collected::build).isInstanceOf(RequestError.class).hasMessageContaining("NUL in pair 5");

        RequestParams second = read(pairs);
        assertThat(text(second)).isEqualTo(text(first));
        assertThat(second.get(5)).isNotSameAs(first.get(5));
        assertThat(second.get(4)).isSameAs(first.get(4));
    }

    @Test
    @Tag("FCGI-164")
    void doesNotKeepTheSecretUnderAnotherName() {
        configuration.setSecret(SECRET.getBytes(StandardCharsets.US_ASCII));
        ParamsMemory guarded = new ParamsMemory(configuration);
        Pairs pairs = Pairs.of("A", "b", "ANYTHING", SECRET);
        List<RequestParams> read = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ParamsBuilder builder = guarded.builder();
            try {
                builder.add(ByteBuffer.wrap(pairs.encode()));
                read.add(guarded.read(builder.build(), builder));
            } catch (RequestError e) {
                throw new AssertionError(e);
            }
        }

        assertThat(read.get(2).get(0)).isSameAs(read.get(1).get(0));
        assertThat(read.get(2).get(1)).isNotSameAs(read.get(1).get(1));
    }

    @Test
    void overwritesTheBytesOfTheRequestBeforeLast() throws Exception {
        warmUp();
        ParamsBuilder collected = collected(USUAL);
        Params params = collected.build();
        read(collected);
        byte[] bytes = params.block();
        assertThat(new String(bytes, StandardCharsets.US_ASCII)).contains("10.0.0.1");

        read(USUAL);

        assertThat(bytes).containsOnly(0);
    }

    @Test
    void forgetsWhenItIsTold() {
        warmUp();
        RequestParams before = read(USUAL);

        memory.forget();

        assertThat(read(USUAL).get(0)).isNotSameAs(before.get(0));
        assertThat(text(read(USUAL))).isEqualTo(text(before));
    }

    @ParameterizedTest
    @CsvSource({"3900, true", "4100, false"})
    @Tag("FCGI-160")
    void remembersNoLongRequest(int length, boolean remembered) {
        Pairs pairs = USUAL.and("LONG", "v".repeat(length));
        read(pairs);
        RequestParams before = read(pairs);

        RequestParams now = read(pairs);

        assertThat(text(now)).isEqualTo(text(before));
        assertThat(now.get(0) == before.get(0)).isEqualTo(remembered);
    }

    /** Pairs that come, go, change, move and repeat: each request is read as if it were alone. */
    @Test
    @Tag("FCGI-117")
    void readsAnySequenceAsIfEachRequestWereAlone() {
        Random random = new Random(12);
        List<String[]> pairs = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            change(pairs, random);
            Pairs sent = Pairs.of();
            for (String[] pair : pairs) {
                sent = sent.and(pair[0], pair[1]);
            }

            RequestParams read = read(sent);

            assertThat(text(read)).isEqualTo(text(Given.params(sent)));
            assertThat(answer(read)).isEqualTo(answer(Given.params(sent)));
        }
    }

    private static void change(List<String[]> pairs, Random random) {
        String[] names = {
            "REQUEST_METHOD", "REQUEST_URI", "HTTPS", "REMOTE_ADDR", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT",
            "CONTENT_TYPE", "HTTP_COOKIE", "HTTP_ACCEPT", "HTTP_X_Y", "HTTP__BAD", "", "X"
        };
        String[] values = {
            "", "GET", "/", "/a?b", "on", "off", "10.0.0.1", "h.example", "h:81", "*", "443", "a\tb", "\u00e4"
        };
        int place = pairs.isEmpty() ? 0 : random.nextInt(pairs.size());
        String[] pair = {names[random.nextInt(names.length)], values[random.nextInt(values.length)]};
        switch (pairs.size() < 2 ? 0 : random.nextInt(pairs.size() > 20 ? 5 : 6)) {
            case 1 -> pairs.remove(place);
            case 2 -> Collections.swap(pairs, place, random.nextInt(pairs.size()));
            case 3 -> pairs.set(place, new String[] {pairs.get(place)[0], pair[1]});
            case 4 -> pairs.subList(place, Math.min(pairs.size(), place + 10)).clear();
            default -> pairs.add(place, pair);
        }
    }

    private static String answer(RequestParams params) {
        try {
            CgiRequest request = Given.reader(params).read();
            return String.join(
                    "\n",
                    request.method(),
                    request.uri().toString(),
                    request.fields().toString(),
                    request.server().toString(),
                    request.local().toString(),
                    request.remote().toString(),
                    Boolean.toString(request.secure()));
        } catch (BadRequest e) {
            return e.getMessage();
        }
    }
}
