package dev.gangway.fcgi.input;

import dev.gangway.api.FcgiData;
import dev.gangway.fcgi.cgi.BadRequest;
import dev.gangway.fcgi.cgi.RequestParams;
import dev.gangway.fcgi.record.RecordType;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.RetainableByteBuffer;

/** DATA of a Filter request, read by the application from a stream of its own. */
final class DataStream implements FcgiData, Content.Source {
    private final RequestInput input;
    private final InputQueue queue;
    private final long length;
    private final Instant lastModified;
    private final InputStream inputStream = Content.Source.asInputStream(this);
    private final AtomicReference<Runnable> waiting = new AtomicReference<>();
    private volatile boolean wanted;

    /**
     * {@return DATA as the PARAMS announce it}
     *
     * @throws BadRequest if they do not say how long it is
     */
    static DataStream of(RequestInput input, RequestParams params) {
        Long length = number(params, "FCGI_DATA_LENGTH");
        if (length == null) {
            throw new BadRequest("no FCGI_DATA_LENGTH, or it is not a number");
        }
        Long seconds = number(params, "FCGI_DATA_LAST_MOD");
        return new DataStream(input, length, seconds == null ? null : Instant.ofEpochSecond(seconds));
    }

    private static Long number(RequestParams params, String name) {
        int pair = params.last(name);
        String value = pair < 0 ? "" : params.value(pair, StandardCharsets.US_ASCII);
        // Longer numbers are neither a length nor the time of a file.
        return value.matches("[0-9]{1,15}") ? Long.valueOf(value) : null;
    }

    private DataStream(RequestInput input, long length, Instant lastModified) {
        this.input = input;
        this.queue = input.queue(RecordType.DATA);
        this.length = length;
        this.lastModified = lastModified;
        queue.expect(length, length);
    }

    /** {@return whether the application has begun to read it} */
    boolean isWanted() {
        return wanted;
    }

    /** {@return what has come and is not read} */
    InputQueue queue() {
        return queue;
    }

    /** {@return what to run, or null} */
    Runnable offer(ByteBuffer content, RetainableByteBuffer buffer) {
        return queue.offer(content, buffer) ? takeWaiting() : null;
    }

    /** {@return what to run, or null} */
    Runnable end() {
        return queue.end() ? takeWaiting() : null;
    }

    /** Nothing more will come; returns what to run, or null. */
    Runnable cut(Supplier<Throwable> cause) {
        return queue.cut(cause) ? takeWaiting() : null;
    }

    /** {@return what to run if the application has been waiting for longer than that, or null} */
    Runnable giveUpWaiting(Duration limit) {
        if (!queue.giveUpWaiting(limit)) {
            return null;
        }
        queue.fail(new TimeoutException("no DATA for " + limit.toMillis() + " ms"));
        return takeWaiting();
    }

    /** Fails what the application reads from now on; returns what to run, or null. */
    Runnable abort(Throwable cause) {
        return queue.fail(cause) ? takeWaiting() : null;
    }

    void discard() {
        queue.discard();
    }

    private Runnable takeWaiting() {
        return waiting.getAndSet(null);
    }

    // ---- FcgiData ----

    @Override
    public long length() {
        return length;
    }

    @Override
    public Instant lastModified() {
        return lastModified;
    }

    @Override
    public InputStream inputStream() {
        return inputStream;
    }

    // ---- Content.Source, called by the application's thread ----

    @Override
    public long getLength() {
        return length;
    }

    @Override
    public Content.Chunk read() {
        if (!wanted) {
            wanted = true;
            input.dropUnwantedStdin(false);
        }
        return input.read(queue);
    }

    @Override
    public void demand(Runnable callback) {
        waiting.set(callback);
        if (queue.demand()) {
            input.runNow(takeWaiting());
        } else {
            input.onBusy();
        }
    }

    @Override
    public void fail(Throwable failure) {
        input.runNow(abort(failure));
        queue.discard();
        input.onRoom();
    }

    @Override
    public String toString() {
        return "DATA[" + length + "]";
    }
}
