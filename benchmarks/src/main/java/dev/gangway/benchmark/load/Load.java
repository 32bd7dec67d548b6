package dev.gangway.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;

/** Threads that ask a server, each one over a connection of its own, until they are stopped. */
public final class Load implements AutoCloseable {
    private enum Phase {
        WARMING,
        COUNTING,
        OVER
    }

    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long PATIENCE_MILLIS = 5_000;

    private final Target target;
    private final Drive drive;
    private final List<Exchange> exchanges;
    private final List<Asker> askers = new ArrayList<>();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicReference<String> firstError = new AtomicReference<>();
    private volatile Phase phase = Phase.WARMING;

    /** What came of it; latency in ns. */
    public record Outcome(Histogram latency, long errors, String firstError) {
        public long requests() {
            return latency.getTotalCount();
        }
    }

    private Load(Target target, Drive drive) {
        this.target = target;
        this.drive = target.protocol() == Protocol.FASTCGI ? drive : drive.withoutOverlapping();
        this.exchanges = encode(target.protocol(), this.drive);
    }

    /** Asks once, so that what does not answer at all is noticed before it is driven. */
    public static void once(Target target, Drive drive) throws IOException {
        Load load = new Load(target, drive);
        try (Dialogue dialogue = target.protocol().over(target.connect(), Inflow.newBuffer())) {
            dialogue.exchange(load.exchanges.subList(0, load.drive.overlapping()));
        }
    }

    /** Begins to ask, not yet to count. */
    public static Load start(Target target, Drive drive) {
        Load load = new Load(target, drive);
        for (int i = 0; i < load.drive.connections(); i++) {
            load.askers.add(load.new Asker(i));
        }
        load.askers.forEach(Thread::start);
        return load;
    }

    private static List<Exchange> encode(Protocol protocol, Drive drive) {
        ByteBuffer body = Exchange.direct(protocol.body(drive.workload()));
        List<Exchange> exchanges = new ArrayList<>();
        for (BrowserRequest request : BrowserRequest.pool(drive.workload())) {
            byte[] head = protocol.head(request, exchanges.size() % drive.overlapping(), drive.kept());
            exchanges.add(
                    new Exchange(Exchange.direct(head), body, drive.workload().answer(request.number())));
        }
        return exchanges;
    }

    /** Counts from now on. */
    public void count() {
        phase = Phase.COUNTING;
    }

    /** Counts no longer, and asks no longer. */
    public Outcome stop() throws InterruptedException {
        phase = Phase.OVER;
        Histogram latency = newHistogram();
        for (Asker asker : askers) {
            asker.join(PATIENCE_MILLIS);
            if (asker.isAlive()) {
                onError("no answer within " + PATIENCE_MILLIS + " ms");
                asker.interrupt();
                asker.join();
            }
            latency.add(asker.latency);
        }
        return new Outcome(latency, errors.get(), firstError.get());
    }

    @Override
    public void close() {
        phase = Phase.OVER;
        askers.forEach(Thread::interrupt);
    }

    private static Histogram newHistogram() {
        return new Histogram(LONGEST_NANOS, 3);
    }

    private void onError(String message) {
        errors.incrementAndGet();
        firstError.compareAndSet(null, message);
    }

    private final class Asker extends Thread {
        private final Histogram latency = newHistogram();
        private final ByteBuffer buffer = Inflow.newBuffer();
        private Dialogue dialogue;
        private int next;

        Asker(int index) {
            super("asker-" + index);
            setDaemon(true);
            // Not all of them the same at the same time.
            next = index * 64 * drive.overlapping() % exchanges.size();
        }

        @Override
        public void run() {
            while (phase != Phase.OVER) {
                try {
                    ask();
                } catch (ClosedChannelException e) {
                    // Stopped while it waited; its stop has told so.
                    return;
                } catch (IOException e) {
                    onError(e.toString());
                    disconnect();
                }
            }
            disconnect();
        }

        private void ask() throws IOException {
            List<Exchange> batch = exchanges.subList(next, next + drive.overlapping());
            next = (next + drive.overlapping()) % exchanges.size();
            long begin = System.nanoTime();
            if (dialogue == null) {
                dialogue = target.protocol().over(target.connect(), buffer);
            }
            dialogue.exchange(batch);
            if (!drive.kept()) {
                disconnect();
            }
            if (phase == Phase.COUNTING) {
                latency.recordValueWithCount(Math.min(LONGEST_NANOS, System.nanoTime() - begin), drive.overlapping());
            }
        }

        private void disconnect() {
            try {
                if (dialogue != null) {
                    dialogue.close();
                }
            } catch (IOException e) {
                onError(e.toString());
            }
            dialogue = null;
        }
    }
}
