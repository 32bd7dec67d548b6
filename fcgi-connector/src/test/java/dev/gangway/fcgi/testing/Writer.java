package dev.gangway.fcgi.testing;

import dev.gangway.conformance.peer.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;

/** A thread of an application that writes more than the web server takes. */
public final class Writer {
    private static final int CHUNK = 16 * 1024;
    private static final int STEADY = 50;

    private volatile Thread thread;
    private volatile long written;

    /** Writes blocks of zeros until a write fails. */
    public void writeForever(Response response) throws IOException {
        write(response, Long.MAX_VALUE);
    }

    /** Writes so many zeros in blocks, each write blocking until it is done. */
    public void write(Response response, long bytes) throws IOException {
        thread = Thread.currentThread();
        while (written < bytes) {
            int length = (int) Math.min(CHUNK, bytes - written);
            Content.Sink.write(response, false, ByteBuffer.allocate(length));
            written += length;
        }
    }

    public long written() {
        return written;
    }

    /** Waits until the thread has been waiting in one and the same write for a while. */
    public void awaitBlocked() {
        long[] last = {-1};
        int[] steady = {0};
        Await.until("the application waits in a write", () -> {
            Thread writing = thread;
            boolean waits = writing != null && writing.getState() == Thread.State.WAITING && written == last[0];
            last[0] = written;
            steady[0] = waits ? steady[0] + 1 : 0;
            return steady[0] > STEADY;
        });
    }
}
