package dev.gangway.fcgi.input;

import dev.gangway.api.FcgiData;
import dev.gangway.fcgi.cgi.BadRequest;
import dev.gangway.fcgi.cgi.RequestParams;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.reading.ReaderRole;
import dev.gangway.fcgi.reading.Reading;
import dev.gangway.fcgi.record.RecordType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.HttpChannel;

/**
 * The input side of one request: STDIN, and DATA if its role is Filter. The holder of the {@link ReaderRole} adds what
 * has come, any thread reads.
 */
public final class RequestInput {
    private final FcgiConfiguration configuration;
    private final InputBudget budget;
    private final Reading reading;
    private final Consumer<Runnable> spareThreads;
    private final Consumer<Function<HttpChannel, Runnable>> channel;
    private final InputQueue stdin;
    /** Null unless the role is Filter. */
    private volatile DataStream data;

    /**
     * @param budget       of all requests
     * @param reading      brings what is not here yet
     * @param spareThreads run what must not wait for a free thread; the task may be null
     * @param channel      is told, as soon as the application runs, of input that will not come
     */
    public RequestInput(
            FcgiConfiguration configuration,
            InputBudget budget,
            Reading reading,
            Consumer<Runnable> spareThreads,
            Consumer<Function<HttpChannel, Runnable>> channel) {
        this.configuration = configuration;
        this.budget = budget;
        this.reading = reading;
        this.spareThreads = spareThreads;
        this.channel = channel;
        this.stdin = queue(RecordType.STDIN);
    }

    /** {@return a new queue within the limits} */
    InputQueue queue(RecordType type) {
        return new InputQueue(type, configuration.getMaxBufferedStdinBytes(), budget);
    }

    // ---- what is to come ----

    /**
     * @param announced CONTENT_LENGTH, -1 if it is not known
     * @throws BadRequest if that is too much
     */
    public void expectStdin(long announced) {
        long max = configuration.getMaxBodyBytes();
        if (max > 0 && announced > max) {
            throw new BadRequest(
                    HttpStatus.PAYLOAD_TOO_LARGE_413, "the body has " + announced + " bytes, more than " + max);
        }
        stdin.expect(announced, max > 0 ? max : Long.MAX_VALUE);
    }

    /** Whatever comes is not for the application. */
    public void expectNothing() {
        stdin.end();
        stdin.discard();
    }

    /**
     * @throws BadRequest if the PARAMS do not say how much DATA it is
     */
    public void expectData(RequestParams params) {
        data = DataStream.of(this, params);
    }

    /** {@return DATA as the application sees it; null if the role is not Filter} */
    public FcgiData data() {
        return data;
    }

    // ---- what comes ----

    /** {@return whether the application waits for it} */
    public boolean offerStdin(ByteBuffer content, RetainableByteBuffer buffer) {
        return stdin.offer(content, buffer);
    }

    /** {@return whether the application waits for it} */
    public boolean endStdin() {
        return stdin.end();
    }

    /** {@return what to run, or null} */
    public Runnable offerData(ByteBuffer content, RetainableByteBuffer buffer) {
        return data.offer(content, buffer);
    }

    /** {@return what to run, or null} */
    public Runnable endData() {
        return data.end();
    }

    /** {@return whether all of STDIN has come that was announced, or its end} */
    public boolean isStdinComplete() {
        return stdin.isComplete();
    }

    /** {@return whether the application has read STDIN to its end, so that it would not see anything more} */
    public boolean isStdinRead() {
        return stdin.isEndTaken();
    }

    /** {@return whether all of DATA has come that was announced, or its end} */
    public boolean isDataComplete() {
        return data != null && data.queue().isComplete();
    }

    public boolean isFull() {
        return stdin.isFull() || (data != null && data.queue().isFull());
    }

    /** {@return whether the application has read anything of it} */
    public boolean isTaken() {
        return stdin.isTaken() || (data != null && data.queue().isTaken());
    }

    /** See {@link InputQueue#openReserve}. */
    public void openReserve() {
        stdin.openReserve();
        if (data != null) {
            data.queue().openReserve();
        }
    }

    /** {@return for how long it has been full with nothing taken, in nanoseconds; 0 if there is room} */
    public long stalledNanos() {
        long nanos = stdin.stalledNanos();
        return data == null ? nanos : Math.max(nanos, data.queue().stalledNanos());
    }

    /** Fails what the application reads from now on, and drops what is there and what will come. */
    public void drop(Throwable cause) {
        fail(cause);
        discard();
        onRoom();
    }

    /**
     * A Filter that waits for what comes after STDIN, but does not read STDIN, would wait forever.
     *
     * @param holding whether its output waits for the end of STDIN
     */
    public void dropUnwantedStdin(boolean holding) {
        if (stdin.isPastLimit() && (holding || (data != null && data.isWanted()))) {
            stdin.fail(new EofException("STDIN was not read before DATA, or before the response"));
            stdin.discard();
            onRoom();
        }
    }

    // ---- what does not come ----

    /** Fails what the application reads from now on. */
    public void fail(Throwable cause) {
        stdin.fail(cause);
        if (data != null) {
            spareThreads.accept(data.abort(cause));
        }
    }

    /** Nothing more will be taken: an application that still reads must not wait. */
    public void cut() {
        if (stdin.cut(() -> new EofException("the response was complete before STDIN"))) {
            channel.accept(HttpChannel::onContentAvailable);
        }
        if (data != null) {
            spareThreads.accept(data.cut(() -> new EofException("the response was complete before DATA")));
        }
    }

    /** Drops what is there and what will come. */
    public void discard() {
        stdin.discard();
        if (data != null) {
            data.discard();
        }
    }

    /**
     * Ends waits of the application that last too long, or bring too little.
     *
     * @param idleTimeout zero for no limit
     */
    public void sweep(Duration idleTimeout) {
        if (idleTimeout.toNanos() > 0) {
            if (stdin.giveUpWaiting(idleTimeout)) {
                TimeoutException timeout = new TimeoutException("no STDIN for " + idleTimeout.toMillis() + " ms");
                channel.accept(http -> http.onIdleTimeout(timeout).action());
            }
            if (data != null) {
                spareThreads.accept(data.giveUpWaiting(idleTimeout));
            }
        }
        long rate = configuration.getMinBodyRate();
        if (rate > 0
                && stdin.isSlow(rate, configuration.getBodyRateGrace())
                && stdin.fail(new InputException(
                        HttpStatus.REQUEST_TIMEOUT_408, "the body has less than " + rate + " bytes a second"))) {
            channel.accept(HttpChannel::onContentAvailable);
        }
    }

    // ---- called by the application's threads ----

    /** {@return what the application gets next of STDIN, null if it has to wait} */
    public Content.Chunk read() {
        return read(stdin);
    }

    /** {@return what the application gets next of one of the streams, null if it has to wait} */
    Content.Chunk read(InputQueue queue) {
        Content.Chunk chunk = queue.poll();
        if (chunk == null) {
            reading.pull(queue);
            return queue.poll();
        }
        if (reading.isReadingAhead() && queue.takeRoomMade()) {
            onRoom();
        }
        return chunk;
    }

    /** Notes that the application waits for STDIN; returns true instead if there is something to read. */
    public boolean demand() {
        return stdin.demand();
    }

    /** FastCGI frames its input, so what is not read is dropped without harm to the connection. */
    public void consumeStdin() {
        stdin.discard();
        onRoom();
    }

    void runNow(Runnable task) {
        spareThreads.accept(task);
    }

    /** The application waits. */
    void onBusy() {
        reading.onBusy();
    }

    /** There may be room again. */
    void onRoom() {
        reading.resume();
    }
}
