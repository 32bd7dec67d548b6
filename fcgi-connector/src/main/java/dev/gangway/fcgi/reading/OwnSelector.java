package dev.gangway.fcgi.reading;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.eclipse.jetty.util.IO;

/**
 * A selector by which one thread waits for one connection. It belongs to that thread, but for {@link #letGo}.
 *
 * <p>The channel stays in its selector of Jetty, which is not to call as long as nobody has asked it to.
 */
final class OwnSelector {
    private final Selector selector;
    private SelectionKey key;

    OwnSelector() throws IOException {
        selector = Selector.open();
    }

    /**
     * Waits until there is something to read from the channel, its end included.
     *
     * @param channel always the same; not blocking
     * @return false if there is nothing, since the time is over, or the channel has been let go, or the thread has been
     *     interrupted
     */
    boolean await(SelectableChannel channel, long millis) throws IOException {
        if (key == null) {
            key = channel.register(selector, SelectionKey.OP_READ);
        }
        return selector.select(ready -> {}, millis) > 0;
    }

    /**
     * Ends the wait, because the channel has been closed: until no selector has it any more it keeps its descriptor, and
     * the other end may not notice. Called by any thread.
     */
    void letGo() throws IOException {
        selector.wakeup();
        // This takes the wake-up of a thread that is not waiting yet.
        selector.selectNow();
        selector.wakeup();
    }

    /** Lets the channel go, too. */
    void close() {
        IO.close(selector);
    }
}
