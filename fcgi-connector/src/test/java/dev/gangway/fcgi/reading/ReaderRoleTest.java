package dev.gangway.fcgi.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.fcgi.reading.ReaderRole.State;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may read, as the picture in {@link ReaderRole} says; and what no test of a whole server can time. */
class ReaderRoleTest {
    private static final int ROUNDS = 50_000;
    /** How far apart the two threads start, in spins. */
    private static final int SHIFTS = 40;

    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() throws InterruptedException {
        other.shutdownNow();
        assertThat(other.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    /** {@return a role in that state, come to it as the picture says} */
    private static ReaderRole in(State state) {
        ReaderRole role = new ReaderRole();
        switch (state) {
            case PAUSED -> {}
            case ARMED -> role.armPaused();
            case READING -> {
                role.armPaused();
                role.select();
            }
            case LENT -> {
                role.armPaused();
                role.select();
                role.lend();
            }
            case BORROWED -> {
                role.armPaused();
                role.select();
                role.lend();
                role.borrow();
            }
            case CLOSED -> role.close();
        }
        assertThat(role.state()).isEqualTo(state);
        return role;
    }

    /** That a step leads from some states to another one, and is refused in all the others. */
    private static void assertStep(Predicate<ReaderRole> step, State to, State... from) {
        for (State state : State.values()) {
            ReaderRole role = in(state);
            boolean allowed = List.of(from).contains(state);
            assertThat(step.test(role)).as("from %s", state).isEqualTo(allowed);
            assertThat(role.state()).as("from %s", state).isEqualTo(allowed ? to : state);
        }
    }

    @Test
    void startsWithNobody() {
        assertThat(new ReaderRole().state()).isEqualTo(State.PAUSED);
    }

    @Test
    void goesToWhomTheSelectorWakes() {
        assertStep(ReaderRole::select, State.READING, State.ARMED);
    }

    @Test
    void isArmedWhenSomethingIsTaken() {
        assertStep(ReaderRole::armPaused, State.ARMED, State.PAUSED);
    }

    @Test
    void isArmedWhenTheApplicationWaits() {
        assertStep(ReaderRole::armIdle, State.ARMED, State.PAUSED, State.LENT);
    }

    @Test
    void isTakenBackByWhoHasPaused() {
        assertStep(ReaderRole::unpause, State.READING, State.PAUSED);
    }

    @Test
    void isGivenBackByTheBorrower() {
        assertStep(ReaderRole::giveBack, State.LENT, State.BORROWED);
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void isBorrowedOnlyFromTheLenderOrFromNobody(State state) {
        ReaderRole role = in(state);

        boolean borrowed = role.borrow();

        assertThat(borrowed).isEqualTo(state == State.LENT || state == State.PAUSED);
        // From nobody it is not borrowed but taken.
        assertThat(role.state())
                .isEqualTo(state == State.LENT ? State.BORROWED : state == State.PAUSED ? State.READING : state);
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void isReclaimedOnlyIfStillLent(State state) {
        ReaderRole role = in(state);

        assertThat(role.reclaim()).isEqualTo(state == State.LENT);

        // What is borrowed belongs to the borrower from now on.
        assertThat(role.state()).isEqualTo(state == State.LENT || state == State.BORROWED ? State.READING : state);
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"READING", "BORROWED", "CLOSED"})
    void isPassedOnByItsHolderUnlessClosed(State held) {
        State armed = held == State.CLOSED ? held : State.ARMED;
        State paused = held == State.CLOSED ? held : State.PAUSED;

        ReaderRole arming = in(held);
        assertThat(arming.arm()).isEqualTo(held != State.CLOSED);
        assertThat(arming.state()).isEqualTo(armed);

        ReaderRole pausing = in(held);
        pausing.pause();
        assertThat(pausing.state()).isEqualTo(paused);
    }

    @Test
    void isLentOnlyByTheReader() {
        for (State state : State.values()) {
            ReaderRole role = in(state);
            role.lend();
            assertThat(role.state()).isEqualTo(state == State.READING ? State.LENT : state);
        }
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void isClosedForGood(State state) {
        ReaderRole role = in(state);
        role.close();

        assertThat(role.select()).isFalse();
        assertThat(role.armIdle()).isFalse();
        assertThat(role.borrow()).isFalse();
        assertThat(role.reclaim()).isFalse();
        assertThat(role.arm()).isFalse();
        role.pause();
        assertThat(role.state()).isEqualTo(State.CLOSED);
    }

    // ---- two threads ----

    /** Has two threads do something to the same role at the same time, again and again. */
    private void race(State state, Consumer<ReaderRole> one, Consumer<ReaderRole> two, Consumer<ReaderRole> afterwards)
            throws Exception {
        List<ReaderRole> roles = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            roles.add(in(state));
        }
        AtomicInteger met = new AtomicInteger();
        Future<?> running = other.submit(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                meet(met, i, i % SHIFTS);
                two.accept(roles.get(i));
            }
        });
        for (int i = 0; i < ROUNDS; i++) {
            meet(met, i, SHIFTS / 2);
            one.accept(roles.get(i));
        }
        running.get();
        roles.forEach(afterwards);
    }

    /** Both threads wait for each other, without going to sleep, and then for a little while that differs. */
    private static void meet(AtomicInteger met, int round, int shift) {
        met.incrementAndGet();
        for (int spins = 0; met.get() < 2 * (round + 1); spins++) {
            if (spins > 1000) {
                Thread.yield();
            }
        }
        for (int i = 0; i < shift; i++) {
            Thread.onSpinWait();
        }
    }

    @Test
    @Tag("FCGI-163")
    void isArmedByTheBorrowerWhileTheLenderComesBack() throws Exception {
        race(State.BORROWED, ReaderRole::reclaim, ReaderRole::arm, role -> assertThat(role.state())
                .isEqualTo(State.ARMED));
    }

    @Test
    @Tag("FCGI-163")
    void isPausedByTheBorrowerWhileTheLenderComesBack() throws Exception {
        race(
                State.BORROWED,
                ReaderRole::reclaim,
                role -> {
                    if (!role.giveBack()) {
                        role.pause();
                    }
                },
                // The lender has it again if it came last.
                role -> assertThat(role.state()).isIn(State.PAUSED, State.READING));
    }

    @Test
    void hasOneHolderHoweverManyWantIt() throws Exception {
        AtomicInteger holders = new AtomicInteger();
        Consumer<ReaderRole> claim = role -> {
            if (role.select()) {
                holders.incrementAndGet();
            }
        };

        race(State.ARMED, claim, claim, role -> assertThat(role.state()).isEqualTo(State.READING));

        assertThat(holders).hasValue(ROUNDS);
    }

    @Test
    void isEitherBorrowedOrReclaimed() throws Exception {
        AtomicInteger holders = new AtomicInteger();

        race(
                State.LENT,
                role -> {
                    if (role.reclaim()) {
                        holders.incrementAndGet();
                    }
                },
                role -> {
                    if (role.borrow()) {
                        holders.incrementAndGet();
                    }
                },
                role -> assertThat(role.state()).isEqualTo(State.READING));

        assertThat(holders).hasValue(ROUNDS);
    }

    @Test
    void isLostToNobodyWhenItIsPausedAndSomethingIsTaken() throws Exception {
        AtomicInteger armed = new AtomicInteger();

        // The reader pauses and then looks again, as it must; something is taken meanwhile.
        race(
                State.READING,
                role -> {
                    role.pause();
                    if (role.unpause()) {
                        role.arm();
                    }
                },
                role -> {
                    if (role.armPaused()) {
                        armed.incrementAndGet();
                    }
                },
                role -> assertThat(role.state()).isEqualTo(State.ARMED));

        assertThat(armed.get()).isBetween(0, ROUNDS);
    }

    @Test
    void staysClosedWhateverItsHolderDoes() throws Exception {
        race(State.READING, ReaderRole::close, ReaderRole::arm, role -> assertThat(role.state())
                .isEqualTo(State.CLOSED));
    }
}
