package dev.gangway.fcgi.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.fcgi.record.RecordType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger of a request's input: what comes in, what the application gets of it and when, and what is kept meanwhile. */
class InputQueueTest {
    private static final int BUFFER = 16 * 1024;
    private static final int OVERHEAD = 64;
    private static final int LIMIT = 64 * 1024;
    private static final int BUDGET = 4 * 1024 * 1024;

    private final ArrayByteBufferPool.Tracking pool = new ArrayByteBufferPool.Tracking();
    private final InputBudget budget = new InputBudget(BUDGET);
    private final InputQueue queue = new InputQueue(RecordType.STDIN, LIMIT, budget);

    @AfterEach
    void keepsNothing() {
        queue.discard();
        assertThat(budget.spent()).isZero();
        assertThat(pool.getLeaks()).as(pool::dumpLeaks).isEmpty();
    }

    /** Offers content as the reader does, who then gives the buffer up. */
    private static boolean offer(InputQueue to, ArrayByteBufferPool pool, byte[] content) {
        RetainableByteBuffer buffer = pool.acquire(BUFFER, true);
        try {
            BufferUtil.append(buffer.getByteBuffer(), content);
            return to.offer(buffer.getByteBuffer().slice(), buffer);
        } finally {
            buffer.release();
        }
    }

    private boolean offer(int length) {
        return offer(queue, pool, new byte[length]);
    }

    private boolean offer(String text) {
        return offer(queue, pool, text.getBytes(StandardCharsets.US_ASCII));
    }

    private String read() {
        Content.Chunk chunk = queue.poll();
        try {
            return BufferUtil.toString(chunk.getByteBuffer());
        } finally {
            chunk.release();
        }
    }

    private Throwable failure() {
        Content.Chunk chunk = queue.poll();
        assertThat(Content.Chunk.isFailure(chunk, true)).isTrue();
        return chunk.getFailure();
    }

    private void assertEnd() {
        assertThat(queue.poll()).isSameAs(Content.Chunk.EOF);
    }

    // ---- the order of things ----

    @Test
    void givesWhatCameInOrderAndThenTheEndAgainAndAgain() {
        offer("ab");
        offer("c");
        queue.end();

        assertThat(read()).isEqualTo("ab");
        assertThat(read()).isEqualTo("c");
        assertEnd();
        assertEnd();
    }

    @Test
    void givesNothingBeforeSomethingHasCome() {
        assertThat(queue.poll()).isNull();
        assertThat(queue.isReadable()).isFalse();
        assertThat(queue.isEndTaken()).isFalse();
    }

    @Test
    void failsAfterWhatCameIfItIsCut() {
        offer("ab");
        queue.cut(() -> new EofException("cut"));

        assertThat(read()).isEqualTo("ab");
        assertThat(failure()).hasMessage("cut");
        assertThat(queue.poll()).isSameAs(queue.poll());
    }

    @Test
    void makesAFailureOnlyIfItIsRead() {
        AtomicInteger made = new AtomicInteger();

        queue.cut(() -> new EofException("cut " + made.incrementAndGet()));
        assertThat(queue.isReadable()).isTrue();
        assertThat(queue.demand()).isTrue();
        assertThat(made).hasValue(0);

        assertThat(failure()).hasMessage("cut 1");
        assertThat(failure()).hasMessage("cut 1");
    }

    @Test
    void isNotCutAfterItsEnd() {
        queue.end();
        queue.cut(() -> new AssertionError("not asked for"));

        assertEnd();
    }

    @Test
    void isNotEndedAfterItWasCut() {
        queue.cut(() -> new EofException("cut"));
        queue.end();

        assertThat(failure()).hasMessage("cut");
    }

    @Test
    void dropsWhatIsThereWhenItFails() {
        offer("ab");
        queue.fail(new IOException("first"));
        queue.fail(new IOException("second"));
        offer("cd");

        assertThat(failure()).hasMessage("first");
        assertThat(budget.spent()).isZero();
    }

    @Test
    void failsThoughItHasEnded() {
        queue.end();
        queue.fail(new IOException("aborted"));

        assertThat(failure()).hasMessage("aborted");
    }

    @Test
    void takesNothingWhenItIsDiscarded() {
        offer("ab");
        queue.discard();
        offer("cd");

        assertThat(queue.poll()).isNull();
        queue.end();
        assertEnd();
        assertThat(queue.isEndTaken()).isFalse();
    }

    // ---- length ----

    @Test
    @Tag("FCGI-68")
    void isAtItsEndAsSoonAsAllHasComeThatWasAnnounced() {
        queue.expect(4, 4);
        offer("bo");
        assertThat(queue.isComplete()).isFalse();
        offer("dy");

        assertThat(queue.isComplete()).isTrue();
        assertThat(read()).isEqualTo("bo");
        assertThat(read()).isEqualTo("dy");
        assertEnd();
        queue.end();
        assertEnd();
    }

    @Test
    @Tag("FCGI-68")
    void isAtItsEndAtOnceIfNothingIsAnnounced() {
        queue.expect(0, 0);

        assertThat(queue.demand()).isTrue();
        assertEnd();
        assertThat(queue.isEndTaken()).isTrue();
    }

    @Test
    @Tag("FCGI-69")
    void failsIfAnythingComesThoughNothingIsAnnounced() {
        queue.expect(0, LIMIT);
        offer("+");

        assertThat(failure()).isInstanceOf(InputException.class).hasMessageContaining("longer than the 0 bytes");
    }

    @Test
    @Tag("FCGI-68")
    void doesNotEndCleanlyAfterLessThanAnnounced() {
        queue.expect(4, 4);
        offer("bod");
        queue.end();

        assertThat(read()).isEqualTo("bod");
        assertThat(failure()).hasMessageContaining("3 of 4");
    }

    @Test
    @Tag("FCGI-69")
    void givesNoMoreThanAnnounced() {
        queue.expect(4, 4);
        offer("body+");

        assertThat(read()).isEqualTo("body");
        assertThat(failure()).isInstanceOf(InputException.class).hasMessageContaining("longer than the 4 bytes");
    }

    @Test
    @Tag("FCGI-69")
    void failsIfMoreComesBeforeTheEndIsRead() {
        queue.expect(4, 4);
        offer("body");
        offer("+");

        assertThat(read()).isEqualTo("body");
        assertThat(failure()).isInstanceOf(InputException.class);
        assertThat(queue.isEndTaken()).isFalse();
    }

    @Test
    void givesNoMoreThanTheLimitIfNothingWasAnnounced() {
        queue.expect(-1, 4);
        offer("body");
        assertThat(queue.isComplete()).isFalse();
        offer("+");

        assertThat(read()).isEqualTo("body");
        assertThat(((HttpException) failure()).getCode()).isEqualTo(413);
    }

    // ---- demand ----

    @Test
    void saysOnceThatTheApplicationWaited() {
        assertThat(queue.demand()).isFalse();

        assertThat(offer("a")).isTrue();
        assertThat(offer("b")).isFalse();
    }

    @Test
    void tellsWhoWaitsOfTheEndOrTheFailure() {
        queue.demand();
        assertThat(queue.end()).isTrue();
        assertThat(queue.end()).isFalse();

        InputQueue other = new InputQueue(RecordType.STDIN, LIMIT, budget);
        other.demand();
        assertThat(other.cut(() -> null)).isTrue();

        InputQueue third = new InputQueue(RecordType.STDIN, LIMIT, budget);
        third.demand();
        assertThat(third.fail(new IOException())).isTrue();
    }

    @Test
    void tellsNobodyIfNobodyWaits() {
        assertThat(queue.cut(() -> null)).isFalse();
        assertThat(queue.fail(new IOException())).isFalse();

        queue.discard();
        assertThat(offer("dropped")).isFalse();
    }

    @Test
    void doesNotWaitForWhatIsThere() {
        offer("a");
        assertThat(queue.demand()).isTrue();
        assertThat(offer("b")).isFalse();
    }

    @Test
    void givesUpWaitingAfterATimeAndOnlyOnce() throws Exception {
        assertThat(queue.giveUpWaiting(Duration.ZERO)).isFalse();
        queue.demand();
        assertThat(queue.giveUpWaiting(Duration.ofMinutes(10))).isFalse();

        Await.until("time passes", () -> queue.giveUpWaiting(Duration.ofMillis(1)));

        assertThat(queue.giveUpWaiting(Duration.ZERO)).isFalse();
        assertThat(offer("late")).isFalse();
    }

    @Test
    void isSlowOnlyIfTheApplicationWaits() {
        assertThat(queue.isSlow(Long.MAX_VALUE, Duration.ZERO)).isFalse();
        queue.demand();

        Await.until("time passes", () -> queue.isSlow(1_000_000, Duration.ofMillis(1)));
        assertThat(queue.isSlow(1_000_000, Duration.ofMinutes(10))).isFalse();
    }

    @Test
    void isNotSlowIfEnoughHasCome() {
        offer(1000);
        read();
        queue.demand();

        Await.until("time passes", () -> queue.isSlow(1_000_000_000, Duration.ofMillis(1)));
        assertThat(queue.isSlow(1, Duration.ofMillis(1))).isFalse();
    }

    @Test
    void isSlowAfterManyShortWaits() {
        for (int i = 0; i < 3; i++) {
            queue.demand();
            Await.until("time passes", () -> queue.giveUpWaiting(Duration.ofMillis(5)));
        }
        queue.demand();

        assertThat(queue.isSlow(1, Duration.ofMillis(15))).isTrue();
    }

    // ---- what it keeps ----

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 4096, BUFFER / 2 - 1})
    @Tag("FCGI-84")
    void copiesWhatWouldKeepALargerBuffer(int length) {
        offer(length);

        assertThat(budget.spent()).isEqualTo(length + OVERHEAD);
        assertThat(pool.getLeaks()).isEmpty();
    }

    /** Who reads takes it at once, so that to copy it would be in vain. */
    @Test
    @Tag("FCGI-84")
    void copiesNothingForWhoReadsAsLongAsThereIsMemory() {
        offer(1);
        read();

        offer(1);
        assertThat(pool.getLeaks()).hasSize(1);
        assertThat(budget.spent()).isEqualTo(BUFFER + OVERHEAD);
        offer(1);
        assertThat(pool.getLeaks()).hasSize(1);
        read();
        read();

        budget.spend(BUDGET);
        assertThat(queue.mayBeLarge()).isFalse();
        offer(1);
        assertThat(pool.getLeaks()).isEmpty();
        budget.spend(-BUDGET);
        assertThat(queue.mayBeLarge()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {BUFFER / 2, BUFFER - 8})
    @Tag("FCGI-84")
    void countsTheWholeBufferThatItKeeps(int length) {
        offer(length);

        assertThat(budget.spent()).isEqualTo(BUFFER + OVERHEAD);
        assertThat(pool.getLeaks()).hasSize(1);
        assertThat(queue.poll().release()).isTrue();
    }

    /** A large record and two small ones that were read at once. */
    @Test
    @Tag("FCGI-84")
    void keepsABufferOnceForAllThatIsInIt() {
        RetainableByteBuffer buffer = pool.acquire(BUFFER, true);
        BufferUtil.append(buffer.getByteBuffer(), new byte[BUFFER]);
        queue.offer(buffer.getByteBuffer().slice(0, BUFFER / 2), buffer);
        queue.offer(buffer.getByteBuffer().slice(BUFFER / 2, 100), buffer);
        queue.offer(buffer.getByteBuffer().slice(BUFFER - 100, 100), buffer);
        buffer.release();

        assertThat(budget.spent()).isEqualTo(BUFFER + 3 * OVERHEAD);
        assertThat(read()).hasSize(BUFFER / 2);
        assertThat(budget.spent()).isEqualTo(BUFFER + 2 * OVERHEAD);
        assertThat(read()).hasSize(100);
        assertThat(pool.getLeaks()).hasSize(1);
        assertThat(read()).hasSize(100);
        assertThat(budget.spent()).isZero();
    }

    @Test
    @Tag("FCGI-84")
    void givesBackWhatIsTaken() {
        offer(1000);
        offer(BUFFER - 8);

        read();
        assertThat(budget.spent()).isEqualTo(BUFFER + OVERHEAD);
        read();
        assertThat(budget.spent()).isZero();
    }

    @Test
    @Tag("FCGI-84")
    void isFullPastItsLimitUntilEnoughIsTaken() {
        for (int i = 0; i < LIMIT / (BUFFER + OVERHEAD); i++) {
            offer(BUFFER - 8);
        }
        assertThat(queue.isFull()).isFalse();
        offer(BUFFER - 8);
        assertThat(queue.isFull()).isTrue();
        assertThat(queue.takeRoomMade()).isFalse();

        read();

        assertThat(queue.isFull()).isFalse();
        assertThat(queue.takeRoomMade()).isTrue();
        assertThat(queue.takeRoomMade()).isFalse();
    }

    /** Whether the others have spent the budget or not. */
    @ParameterizedTest
    @ValueSource(ints = {0, BUDGET})
    @Tag("FCGI-84")
    void mayKeepAsMuchAsItsLimitAndNotAByteMore(int spent) {
        InputQueue small = new InputQueue(RecordType.STDIN, 1000 + OVERHEAD, budget);
        budget.spend(spent);

        offer(small, pool, new byte[1000]);
        assertThat(small.isPastLimit()).isFalse();
        assertThat(small.isFull()).isFalse();
        offer(small, pool, new byte[1]);
        assertThat(small.isPastLimit()).isTrue();
        assertThat(small.isFull()).isTrue();

        budget.spend(-spent);
        small.discard();
    }

    @Test
    @Tag("FCGI-84")
    void makesRoomOnlyIfItWasPastItsLimitAndIsNotAnyMore() {
        InputQueue small = new InputQueue(RecordType.STDIN, 1000 + OVERHEAD, budget);
        offer(small, pool, new byte[1000]);
        small.poll().release();
        assertThat(small.takeRoomMade()).isFalse();

        offer(small, pool, new byte[1000]);
        offer(small, pool, new byte[1000]);
        small.poll().release();
        assertThat(small.takeRoomMade()).isTrue();
        small.poll().release();
        assertThat(small.takeRoomMade()).isFalse();
    }

    @Test
    @Tag("FCGI-84")
    void isFullOfTinyRecordsBeforeTheyTakeMuchMemory() {
        int records = 0;
        while (!queue.isFull()) {
            offer(1);
            records++;
        }

        assertThat(records).isLessThan(LIMIT / OVERHEAD);
    }

    @Test
    @Tag("FCGI-101")
    void isNotFullOfWhatIsComplete() {
        queue.expect(2L * LIMIT, 2L * LIMIT);
        for (int i = 0; i < 2 * LIMIT / 4096; i++) {
            offer(4096);
        }

        assertThat(queue.isPastLimit()).isTrue();
        assertThat(queue.isFull()).isFalse();
    }

    // ---- the reserve ----

    private void fill() {
        while (!queue.isFull()) {
            offer(BUFFER - 8);
        }
    }

    @Test
    @Tag("FCGI-101")
    void keepsMoreOutOfItsReserveButNotWithoutLimit() {
        fill();
        long before = budget.spent();
        queue.openReserve();
        assertThat(queue.isFull()).isFalse();

        fill();

        assertThat(budget.spent()).isBetween(10 * before, 20 * before);
        queue.openReserve();
        assertThat(queue.isFull()).isTrue();
    }

    @Test
    @Tag("FCGI-101")
    void closesItsReserveWhenSomethingIsTaken() {
        fill();
        offer(BUFFER - 8);
        queue.openReserve();

        read();

        assertThat(queue.isFull()).isTrue();
    }

    @Test
    @Tag("FCGI-101")
    void hasNoReserveUnlessItIsFull() {
        queue.openReserve();
        fill();

        assertThat(queue.isFull()).isTrue();
        assertThat(queue.stalledNanos()).isZero();
    }

    @Test
    @Tag("FCGI-101")
    void isStalledSinceItWasFirstSeenFull() {
        fill();
        queue.openReserve();
        assertThat(queue.stalledNanos()).isZero();
        Duration first = Duration.ofMillis(20);
        long begin = System.nanoTime();
        Await.until("time passes", () -> System.nanoTime() - begin > first.toNanos());

        fill();
        queue.openReserve();
        assertThat(queue.stalledNanos()).isGreaterThan(first.toNanos());

        read();
        assertThat(queue.stalledNanos()).isZero();
    }

    // ---- the budget of all ----

    @Test
    @Tag("FCGI-84")
    void keepsLittleIfTheOthersHaveSpentTheBudget() {
        budget.spend(BUDGET);

        offer(BUFFER - 8);
        assertThat(queue.isFull()).isFalse();
        offer(BUFFER - 8);
        assertThat(queue.isFull()).isTrue();
        queue.openReserve();
        assertThat(queue.isFull()).isTrue();

        budget.spend(-BUDGET);
        assertThat(queue.isFull()).isFalse();
    }

    @Test
    @Tag("FCGI-84")
    void hasNoReserveIfTheBudgetIsHalfSpent() {
        budget.spend(BUDGET / 2);
        fill();

        queue.openReserve();

        assertThat(queue.isFull()).isTrue();
        budget.spend(-BUDGET / 2);
    }

    @Test
    void noticesTheApplicationReading() {
        offer("a");
        assertThat(queue.isTaken()).isFalse();
        read();
        assertThat(queue.isTaken()).isTrue();
    }
}
