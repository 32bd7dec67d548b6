package dev.gangway.benchmark.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** One connection, in the hands of one thread. */
interface Dialogue extends Closeable {
    /**
     * Says these requests in one go, and waits for all answers.
     *
     * @throws WrongAnswer if one is not as it has to be
     */
    void exchange(List<Exchange> exchanges) throws IOException;
}
