package dev.gangway.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Keeps a server busy: one thread with many connections, like a worker of nginx, which asks again once it is answered. */
public final class Load implements AutoCloseable {
    private enum Phase {
        WARMING,
        COUNTING,
        OVER
    }

    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** About how many different requests there are, until they begin anew. */
    private static final int REQUESTS = 1_024;

    private static final int SPACE = 64 * 1024;

    private final Target target;
    private final Drive drive;
    private final List<Exchange> exchanges;
    private final Selector selector;
    private final Histogram latency = new Histogram(LONGEST_NANOS, 3);
    private final Thread thread = new Thread(this::run, "load");
    private final CountDownLatch heard = new CountDownLatch(1);
    private long errors;
    private String firstError;
    private int next;
    private volatile Phase phase = Phase.WARMING;

    /** What came of it; latency in ns. */
    public record Outcome(Histogram latency, long errors, String firstError) {
        public long requests() {
            return latency.getTotalCount();
        }
    }

    private Load(Target target, Drive drive, int different) throws IOException {
        this.target = target;
        this.drive = target.protocol() == Protocol.FASTCGI ? drive : drive.withoutOverlapping();
        this.exchanges = encode(target, this.drive, different);
        this.selector = Selector.open();
        thread.setDaemon(true);
    }

    static List<Exchange> encode(Target target, Drive drive, int different) {
        Protocol protocol = target.protocol();
        ByteBuffer body = Exchange.direct(protocol.body(drive.workload()));
        List<Exchange> exchanges = new ArrayList<>();
        for (BrowserRequest request : BrowserRequest.pool(drive.workload(), different)) {
            byte[] head = protocol.head(request, target.root(), exchanges.size() % drive.overlapping(), drive.kept());
            exchanges.add(
                    new Exchange(Exchange.direct(head), body, drive.workload().answer(request.number())));
        }
        return exchanges;
    }

    /** Asks, so that what does not answer rightly is noticed before it is driven. */
    public static void once(Target target, Drive drive) throws IOException, InterruptedException {
        try (Load load = new Load(target, drive, drive.overlapping())) {
            load.count();
            load.thread.start();
            if (!load.heard.await(1, TimeUnit.MINUTES)) {
                throw new WrongAnswer("none");
            }
            Outcome outcome = load.stop();
            if (outcome.errors() > 0) {
                throw new IOException(outcome.firstError());
            }
        }
    }

    /** Begins to ask, not yet to count. */
    public static Load start(Target target, Drive drive) throws IOException {
        int batches = Math.max(1, REQUESTS / drive.overlapping());
        Load load = new Load(target, drive, batches * drive.overlapping());
        load.thread.start();
        return load;
    }

    /** Counts from now on. */
    public void count() {
        phase = Phase.COUNTING;
    }

    /** Counts no longer, and asks no longer. */
    public Outcome stop() throws InterruptedException {
        close();
        return new Outcome(latency, errors, firstError);
    }

    @Override
    public void close() throws InterruptedException {
        phase = Phase.OVER;
        selector.wakeup();
        thread.join();
    }

    private void run() {
        try (selector) {
            List<Link> links = new ArrayList<>();
            for (int i = 0; i < drive.connections(); i++) {
                links.add(new Link());
            }
            while (phase != Phase.OVER) {
                links.forEach(Link::lookAfter);
                selector.select(
                        key -> ((Link) key.attachment()).onReady(), TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
            }
            links.forEach(Link::disconnect);
        } catch (IOException e) {
            onError(e);
        }
    }

    private List<Exchange> nextBatch() {
        List<Exchange> batch = exchanges.subList(next, next + drive.overlapping());
        next = (next + drive.overlapping()) % exchanges.size();
        return batch;
    }

    private void onError(Exception error) {
        heard.countDown();
        errors++;
        if (firstError == null) {
            firstError = error.toString();
        }
    }

    /** One connection, or one after the other. */
    private final class Link implements Dialogue.Outflow {
        private final ByteBuffer bytes = ByteBuffer.allocateDirect(SPACE);
        private SocketChannel channel;
        private SelectionKey key;
        private Dialogue dialogue;
        private ByteBuffer[] unsent = {};
        private long begin;

        private void askAnew() {
            try {
                begin = System.nanoTime();
                if (channel == null) {
                    connect();
                }
                dialogue.ask(nextBatch());
            } catch (IOException e) {
                onFailure(e);
            }
        }

        private void connect() throws IOException {
            channel = target.connect();
            channel.configureBlocking(false);
            key = channel.register(selector, SelectionKey.OP_READ, this);
            dialogue = target.protocol().over(this);
            unsent = new ByteBuffer[0];
            bytes.clear();
        }

        @Override
        public void send(ByteBuffer... parts) throws IOException {
            unsent = parts;
            sendMore();
        }

        private void sendMore() throws IOException {
            channel.write(unsent);
            boolean sent = !unsent[unsent.length - 1].hasRemaining();
            key.interestOps(sent ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }

        void onReady() {
            try {
                if (key.isWritable()) {
                    sendMore();
                }
                if (key.isReadable() && receive()) {
                    onAnswers();
                }
            } catch (IOException e) {
                onFailure(e);
            }
        }

        /** {@return whether all has been answered} */
        private boolean receive() throws IOException {
            int read = channel.read(bytes);
            if (read < 0) {
                dialogue.takeEnd();
                return true;
            }
            bytes.flip();
            boolean answered = dialogue.take(bytes);
            if (answered && bytes.hasRemaining()) {
                throw new WrongAnswer("more than was asked for");
            }
            bytes.compact();
            return answered;
        }

        private void onAnswers() {
            if (!drive.kept()) {
                disconnect();
            }
            if (phase == Phase.COUNTING) {
                latency.recordValueWithCount(Math.min(LONGEST_NANOS, System.nanoTime() - begin), drive.overlapping());
                heard.countDown();
            }
            askAnew();
        }

        private void onFailure(IOException e) {
            onError(e);
            disconnect();
        }

        private void disconnect() {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                onError(e);
            }
            channel = null;
        }

        /** Begins anew what has failed, and gives up what takes too long. */
        void lookAfter() {
            if (channel == null) {
                askAnew();
            } else if (System.nanoTime() - begin > PATIENCE_NANOS) {
                onFailure(new WrongAnswer("none within " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS) + " s"));
            }
        }
    }
}
