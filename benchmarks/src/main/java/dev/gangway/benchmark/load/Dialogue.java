package dev.gangway.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** What is said over one connection; never waits. */
interface Dialogue {
    /** How it says something; what the connection does not take at once is said later. */
    interface Outflow {
        void send(ByteBuffer... parts) throws IOException;
    }

    /** Says these requests in one go. All earlier ones have been answered. */
    void ask(List<Exchange> exchanges) throws IOException;

    /**
     * Takes what has come, but for the beginning of something that has not come whole.
     *
     * @return whether all requests have been answered
     * @throws WrongAnswer if something is not as it has to be
     */
    boolean take(ByteBuffer bytes) throws IOException;

    /** Takes it that no more comes, although not all have been answered. */
    default void takeEnd() throws IOException {
        throw new WrongAnswer("the server has closed the connection");
    }
}
