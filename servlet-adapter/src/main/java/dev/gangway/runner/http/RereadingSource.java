package dev.gangway.runner.http;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.SerializedInvoker;

/**
 * Takes each demand for a reason to read once more.
 *
 * <p>Jetty's FastCGI client (12.1.5) forgets a demand when what it has received so far ends with the padding of a
 * record, and the rest of the response would never come. A read before the demand takes the padding away.
 */
final class RereadingSource implements Content.Source {
    private final Content.Source source;
    private final SerializedInvoker invoker = new SerializedInvoker();
    private Content.Chunk next;

    RereadingSource(Content.Source source) {
        this.source = source;
    }

    @Override
    public Content.Chunk read() {
        Content.Chunk chunk = next;
        next = null;
        return chunk == null ? source.read() : chunk;
    }

    @Override
    public void demand(Runnable callback) {
        next = source.read();
        if (next == null) {
            source.demand(callback);
        } else {
            // Content may be there for ever: the calls must not nest.
            invoker.run(callback);
        }
    }

    @Override
    public void fail(Throwable failure) {
        Content.Chunk chunk = next;
        next = null;
        if (chunk != null) {
            chunk.release();
        }
        source.fail(failure);
    }
}
