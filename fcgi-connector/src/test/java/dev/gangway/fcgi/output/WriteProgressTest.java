package dev.gangway.fcgi.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WriteProgressTest {
    private final WriteProgress progress = new WriteProgress();

    @Test
    void isNoneWithoutAWrite() {
        assertThat(progress.isWriting()).isFalse();
        assertThat(progress.stalledNanos()).isZero();
        assertThat(progress.stalledNanos()).isZero();
    }

    @Test
    @Tag("FCGI-160")
    void countsFromTheLastByteThatWasTaken() {
        ByteBuffer[] write = {ByteBuffer.allocate(10), ByteBuffer.allocate(10)};
        progress.begin(write);

        assertThat(progress.stalledNanos()).isZero();
        assertThat(progress.stalledNanos()).isPositive();
        write[0].position(10);
        assertThat(progress.stalledNanos()).isZero();
        write[1].position(1);
        assertThat(progress.stalledNanos()).isZero();
        assertThat(progress.stalledNanos()).isPositive();
    }

    @Test
    @Tag("FCGI-160")
    void countsAnewForEachWrite() {
        progress.begin(new ByteBuffer[] {ByteBuffer.allocate(10)});
        progress.stalledNanos();
        progress.end();
        progress.begin(new ByteBuffer[] {ByteBuffer.allocate(10)});

        assertThat(progress.isWriting()).isTrue();
        assertThat(progress.stalledNanos()).isZero();
    }
}
