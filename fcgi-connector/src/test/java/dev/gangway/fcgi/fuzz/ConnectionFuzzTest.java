package dev.gangway.fcgi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole connections of several requests, in order and out of order. */
@ExtendWith(Quiet.class)
class ConnectionFuzzTest {
    private static final int WIDE = 1 << 20;

    private static final MemoryServer SERVER = new MemoryServer(new Describing());

    static Stream<byte[]> seeds() {
        return Stream.concat(Seeds.connections(), Seeds.kept(ConnectionFuzzTest.class));
    }

    /** Some requests at once: each is answered as if it were alone. */
    @Tag("FCGI-20")
    @Tag("FCGI-100")
    @Tag("FCGI-163")
    @MethodSource("seeds")
    @FuzzTest
    void answersTheSameHoweverRequestsAreInterleaved(byte[] bytes) {
        List<Story> stories = Story.of(bytes);
        Random random = new Random(Arrays.hashCode(bytes));
        MemoryConnection shared = SERVER.connect(random.nextBoolean() ? WIDE : 1 + random.nextInt(500));

        tell(stories, shared, random);

        for (int i = 0; i < stories.size(); i++) {
            List<String> answers = shared.answers().to(i + 1);
            assertThat(answers).as("answers").hasSizeLessThanOrEqualTo(1);
            if (stories.get(i).isOrderly()) {
                assertThat(answers).as(stories.get(i).toString()).containsExactly(alone(stories.get(i)));
            }
        }
        shared.end(random.nextBoolean());
        SERVER.expectIdle();
    }

    private static void tell(List<Story> stories, MemoryConnection connection, Random random) {
        List<List<byte[]>> untold = new ArrayList<>();
        for (int i = 0; i < stories.size(); i++) {
            untold.add(new ArrayList<>(stories.get(i).told(i + 1)));
        }
        while (untold.stream().anyMatch(records -> !records.isEmpty())) {
            List<byte[]> next = untold.get(random.nextInt(untold.size()));
            if (!next.isEmpty()) {
                say(connection, Cuts.anywhere(next.remove(0), random), random);
            }
        }
        connection.finish();
    }

    private static String alone(Story story) {
        MemoryConnection connection = SERVER.connect(WIDE);
        story.told(1).forEach(record -> connection.say(ByteBuffer.wrap(record)));
        connection.finish();
        connection.end(true);
        return connection.answers().to(1).toString().replaceAll("^\\[|]$", "");
    }

    /** Any bytes at all: nothing is left of them. */
    @Tag("FCGI-115")
    @Tag("FCGI-163")
    @MethodSource("seeds")
    @FuzzTest
    void survivesAnyBytes(byte[] bytes) {
        Random random = new Random(Arrays.hashCode(bytes));
        MemoryConnection connection = SERVER.connect(random.nextBoolean() ? WIDE : 1 + random.nextInt(500));

        say(connection, Cuts.anywhere(bytes, random), random);
        if (random.nextBoolean()) {
            connection.finish();
        }

        connection.end(random.nextBoolean());
        SERVER.expectIdle();
        assertThat(connection.answers().count()).isLessThanOrEqualTo(bytes.length / 16);
    }

    private static void say(MemoryConnection connection, List<ByteBuffer> pieces, Random random) {
        for (ByteBuffer piece : pieces) {
            connection.say(piece);
            if (random.nextInt(4) > 0) {
                connection.work();
            }
            if (random.nextInt(4) == 0) {
                connection.listen();
            }
        }
    }
}
