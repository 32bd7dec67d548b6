package dev.gangway.it.soak;

import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** How exchanges have ended. */
final class Tally {
    private final Map<String, LongAdder> right = new ConcurrentHashMap<>();
    private final LongAdder interrupted = new LongAdder();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    void right(String what) {
        right.computeIfAbsent(what, key -> new LongAdder()).increment();
    }

    /** It broke, as it may while a web server is being restarted. */
    void interrupted() {
        interrupted.increment();
    }

    void wrong(String what, Throwable failure) {
        wrong.add(what + ": " + failure);
    }

    Queue<String> wrong() {
        return wrong;
    }

    long total() {
        return right.values().stream().mapToLong(LongAdder::sum).sum();
    }

    @Override
    public String toString() {
        return total() + " right, " + interrupted + " interrupted by a restart, " + wrong.size() + " wrong; "
                + new TreeMap<>(right);
    }
}
