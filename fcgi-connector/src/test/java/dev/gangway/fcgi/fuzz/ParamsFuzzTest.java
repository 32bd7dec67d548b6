package dev.gangway.fcgi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.record.Params;
import dev.gangway.fcgi.record.ParamsBuilder;
import dev.gangway.fcgi.record.ParamsLimits;
import dev.gangway.fcgi.record.RequestError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes: they are refused, or are pairs that make the same bytes again. */
class ParamsFuzzTest {
    private static final ParamsLimits WIDE = new ParamsLimits(1 << 20, 1 << 20, 1 << 20, 1 << 20);
    private static final ParamsLimits NARROW = new ParamsLimits(1000, 20, 40, 100);

    static Stream<byte[]> seeds() {
        return Stream.concat(Seeds.params(), Seeds.kept(ParamsFuzzTest.class));
    }

    @Tag("FCGI-33")
    @Tag("FCGI-36")
    @Tag("FCGI-163")
    @MethodSource("seeds")
    @FuzzTest
    void decodesTheSameHoweverTheBytesAreCut(byte[] bytes) {
        Random random = new Random(Arrays.hashCode(bytes));

        for (ParamsLimits limits : List.of(WIDE, NARROW)) {
            String whole = build(Cuts.none(bytes), limits);

            assertThat(build(Cuts.anywhere(bytes, random), limits)).isEqualTo(whole);
        }
    }

    private static String build(List<ByteBuffer> pieces, ParamsLimits limits) {
        ParamsBuilder builder = new ParamsBuilder(limits);
        try {
            for (ByteBuffer piece : pieces) {
                builder.add(piece);
            }
            return check(builder.build(), limits);
        } catch (RequestError e) {
            return e.kind() + " " + e.getMessage();
        }
    }

    private static String check(Params params, ParamsLimits limits) throws RequestError {
        assertThat(params.size()).isLessThanOrEqualTo(limits.pairs());
        Pairs again = Pairs.of();
        StringBuilder text = new StringBuilder();
        int end = 0;
        for (int pair = 0; pair < params.size(); pair++) {
            assertThat(params.nameAt(pair)).isGreaterThanOrEqualTo(end + 2);
            end = params.valueAt(pair) + params.valueLength(pair);
            String name = params.name(pair);
            String value = params.value(pair, StandardCharsets.ISO_8859_1);
            assertThat(name + value).doesNotContain("\0");
            assertThat(name.length()).isLessThanOrEqualTo(limits.nameBytes());
            assertThat(value.length()).isLessThanOrEqualTo(limits.valueBytes());
            assertThat(params.all(name)).contains(latin1(value));
            assertThat(params.last(name)).isGreaterThanOrEqualTo(pair);
            again = again.and(latin1(name), latin1(value));
            text.append(name.length()).append(name).append(value.length()).append(value);
        }
        byte[] encoded = again.encode();
        Params decoded = Params.decode(encoded, encoded.length, limits);
        assertThat(decoded.size()).isEqualTo(params.size());
        for (int pair = 0; pair < params.size(); pair++) {
            assertThat(decoded.name(pair)).isEqualTo(params.name(pair));
            assertThat(decoded.value(pair, StandardCharsets.ISO_8859_1))
                    .isEqualTo(params.value(pair, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
