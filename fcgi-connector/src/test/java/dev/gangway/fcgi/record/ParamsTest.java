package dev.gangway.fcgi.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.conformance.record.Pairs;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParamsTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255, 256, 32767, 32768, 65535, 65536})
    @Tag("FCGI-33")
    void decodesNamesAndValuesOfAnyLength(int length) throws Exception {
        for (int other : new int[] {0, 1, 127, 128, 65536}) {
            Params params =
                    decode(Pairs.of("n".repeat(length), "v".repeat(other), "n".repeat(other), "v".repeat(length))
                            .encode());

            assertThat(params.size()).isEqualTo(2);
            assertThat(params.name(0)).isEqualTo("n".repeat(length));
            assertThat(params.value(0, StandardCharsets.UTF_8)).isEqualTo("v".repeat(other));
            assertThat(params.name(1)).isEqualTo("n".repeat(other));
            assertThat(params.value(1, StandardCharsets.UTF_8)).isEqualTo("v".repeat(length));
        }
    }

    @Test
    @Tag("FCGI-34")
    void decodesShortLengthsInFourBytes() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Pairs.longLength(3));
        bytes.writeBytes(Pairs.longLength(0));
        bytes.writeBytes("ABC".getBytes());

        Params params = decode(bytes.toByteArray());

        assertThat(params.name(0)).isEqualTo("ABC");
        assertThat(params.valueLength(0)).isZero();
    }

    @Test
    @Tag("FCGI-34")
    void decodesEmptyPairsInFourBytesEach() throws Exception {
        byte[] empty = {(byte) 0x80, 0, 0, 0, (byte) 0x80, 0, 0, 0};

        assertThat(decode(empty).size()).isEqualTo(1);
    }

    @Test
    @Tag("FCGI-33")
    void decodesManyPairs() throws Exception {
        Pairs pairs = Pairs.of();
        for (int i = 0; i < 200; i++) {
            pairs = pairs.and("NAME_" + i, "value " + i);
        }

        Params params = decode(pairs.encode());

        assertThat(params.size()).isEqualTo(200);
        for (int i = 0; i < 200; i++) {
            assertThat(params.name(i)).isEqualTo("NAME_" + i);
            assertThat(params.value(i, StandardCharsets.UTF_8)).isEqualTo("value " + i);
        }
    }

    @Test
    @Tag("FCGI-40")
    void findsPairsByName() throws Exception {
        Params params = decode(Pairs.of("A", "first", "B", "", "A", "last", "AB", "x", "a", "y")
                .encode());

        assertThat(params.last("A")).isEqualTo(2);
        assertThat(params.last("B")).isEqualTo(1);
        assertThat(params.last("a")).isEqualTo(4);
        assertThat(params.last("")).isEqualTo(-1);
        assertThat(params.all("A")).containsExactly("first".getBytes(), "last".getBytes());
        assertThat(params.all("B")).containsExactly(new byte[0]);
        assertThat(params.all("C")).isEmpty();
        assertThat(params.all("")).isEmpty();
        assertThat(decode(Pairs.of("A", "x").encode()).last("A")).isZero();
    }

    @Test
    void showsItsBytes() throws Exception {
        byte[] block = Pairs.of("A", "value").encode();

        Params params = decode(block);

        assertThat(params.block()).isSameAs(block);
        assertThat(params.nameAt(0)).isEqualTo(2);
        assertThat(params.valueAt(0)).isEqualTo(3);
    }

    @Test
    @Tag("FCGI-36")
    void refusesEveryCut() throws Exception {
        byte[] whole = Pairs.of("NAME", "v".repeat(200)).encode();
        assertThat(decode(whole).size()).isEqualTo(1);

        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertMalformed(cut);
        }
    }

    @ParameterizedTest
    @CsvSource({"2147483647, 2147483647", "2147483647, 0", "0, 2147483647", "1, 2147483647", "8, 1"})
    @Tag("FCGI-36")
    @Tag("FCGI-37")
    void refusesLengthsPastTheEnd(int name, int value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Pairs.longLength(name));
        bytes.writeBytes(Pairs.longLength(value));
        bytes.writeBytes("ABCDEFGH".getBytes());

        assertMalformed(bytes.toByteArray());
    }

    @Test
    @Tag("FCGI-37")
    void readsAllFourBytesOfALength() {
        for (int bit = 7; bit < 31; bit++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(Pairs.longLength(1 << bit));
            bytes.writeBytes(Pairs.longLength(0));

            assertMalformed(bytes.toByteArray());
        }
    }

    @Test
    @Tag("FCGI-38")
    void refusesNul() {
        assertMalformed(Pairs.of("NA\0ME", "value").encode());
        assertMalformed(Pairs.of("A", "B", "NAME", "\0").encode());
    }

    @Test
    @Tag("FCGI-38")
    @Tag("FCGI-64")
    void keepsAllOtherBytes() throws Exception {
        byte[] all = new byte[255];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (i + 1);
        }

        Params params = decode(Pairs.of().and("N".getBytes(), all).encode());

        assertThat(params.value(0, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1))
                .isEqualTo(all);
    }

    @Test
    @Tag("FCGI-31")
    @Tag("FCGI-35")
    void collectsPartsThatAreCutAnywhere() throws Exception {
        byte[] block = Pairs.of("A", "1", "LONG", "v".repeat(150), "EMPTY", "").encode();

        for (int cut = 0; cut <= block.length; cut++) {
            ParamsBuilder builder = new ParamsBuilder(new ParamsLimits(1000, 10, 100, 1000));
            builder.add(ByteBuffer.wrap(block, 0, cut));
            builder.add(ByteBuffer.wrap(block, cut, block.length - cut));
            assertThat(builder.length()).isEqualTo(block.length);
            Params params = builder.build();

            assertThat(params.size()).isEqualTo(3);
            assertThat(params.value(1, StandardCharsets.UTF_8)).isEqualTo("v".repeat(150));
            assertThat(params.name(2)).isEqualTo("EMPTY");
        }
    }

    @Test
    @Tag("FCGI-160")
    void limitsTheBytes() throws Exception {
        ParamsBuilder builder = new ParamsBuilder(ParamsLimits.bytes(10));
        builder.add(ByteBuffer.allocate(10));

        assertThatThrownBy(() -> builder.add(ByteBuffer.allocate(1)))
                .isInstanceOfSatisfying(RequestError.class, error -> assertThat(error.kind())
                        .isEqualTo(RequestError.Kind.PARAMS_TOO_LARGE));
    }

    @Test
    @Tag("FCGI-160")
    void limitsNamesAndValues() throws Exception {
        byte[] pair = Pairs.of("NAME", "value").encode();

        assertThat(Params.decode(pair, pair.length, new ParamsLimits(100, 1, 4, 5))
                        .size())
                .isEqualTo(1);
        for (ParamsLimits limits :
                new ParamsLimits[] {new ParamsLimits(100, 1, 3, 5), new ParamsLimits(100, 1, 4, 4)}) {
            assertThatThrownBy(() -> Params.decode(pair, pair.length, limits))
                    .isInstanceOfSatisfying(RequestError.class, error -> assertThat(error.kind())
                            .isEqualTo(RequestError.Kind.PARAMS_TOO_LARGE));
        }
    }

    @Test
    @Tag("FCGI-160")
    void limitsTheNumberOfPairs() throws Exception {
        byte[] three = Pairs.of("A", "", "B", "", "C", "").encode();

        assertThat(Params.decode(three, three.length, new ParamsLimits(100, 3, 100, 100))
                        .size())
                .isEqualTo(3);
        assertThatThrownBy(() -> Params.decode(three, three.length, new ParamsLimits(100, 2, 100, 100)))
                .isInstanceOfSatisfying(RequestError.class, error -> assertThat(error.kind())
                        .isEqualTo(RequestError.Kind.PARAMS_TOO_LARGE));
    }

    @Test
    @Tag("FCGI-163")
    void survivesRandomBytes() {
        Random random = new Random(4);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                Params params = decode(bytes);
                for (int pair = 0; pair < params.size(); pair++) {
                    assertThat(params.valueAt(pair) + params.valueLength(pair)).isLessThanOrEqualTo(bytes.length);
                }
            } catch (RequestError e) {
                assertThat(e.kind()).isEqualTo(RequestError.Kind.MALFORMED);
            }
        }
    }

    @Test
    @Tag("FCGI-164")
    void showsNoValuesAsText() throws Exception {
        assertThat(decode(Pairs.of("REMOTE_PASSWD", "secret").encode())).hasToString("1 params");
    }

    private static Params decode(byte[] block) throws RequestError {
        return Params.decode(block, block.length, ParamsLimits.bytes(1_000_000));
    }

    private static void assertMalformed(byte[] block) {
        assertThatThrownBy(() -> decode(block))
                .isInstanceOfSatisfying(
                        RequestError.class, error -> assertThat(error.kind()).isEqualTo(RequestError.Kind.MALFORMED));
    }
}
