package dev.gangway.servlet.process;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals that ask the process to end, or to open its log files anew.
 *
 * <p>The JVM's own handlers would end it with a status of 128 or more, but an end on request is a success (FCGI-111).
 * The only way to achieve that is {@code sun.misc.Signal}. It is called by reflection, since every direct use causes a
 * warning that no compiler option suppresses.
 */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    /** Completed with the reason. */
    private final CompletableFuture<String> stop = new CompletableFuture<>();

    private final AtomicBoolean interrupted = new AtomicBoolean();
    private volatile boolean serving;

    /** {@return the signals of this process; until {@link #onServing()} they end it at once} */
    static Signals install() {
        Signals signals = new Signals();
        // FCGI-112: programs that use libfcgi end gracefully on SIGUSR1 as well.
        for (String name : List.of("TERM", "USR1")) {
            handle(name, () -> signals.onStop(name));
        }
        handle("HUP", signals::onHangup);
        handle("INT", () -> signals.onInterrupt("INT"));
        return signals;
    }

    private static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object calling = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (p, m, a) -> {
                action.run();
                return null;
            });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), calling);
        } catch (ReflectiveOperationException e) {
            // For example if the JVM was started with -Xrs. The signal still ends the process.
            LOG.debug("SIG{} is left to the JVM", name, e);
        }
    }

    /** Whoever presses Ctrl-C again does not want to wait. */
    private void onInterrupt(String name) {
        if (!interrupted.compareAndSet(false, true)) {
            Exit.now(ExitStatus.INTERRUPTED);
        }
        onStop(name);
    }

    /** Nobody who has no log files means them. */
    private void onHangup() {
        if (LogFile.reopenAll()) {
            LOG.info("Opened the log files anew, after SIGHUP");
            return;
        }
        onStop("HUP");
    }

    private void onStop(String name) {
        // Nobody waits for a response yet, and an application may take its time to start.
        if (!serving) {
            LOG.info("Ended by SIG{} before it was ready", name);
            Exit.now(ExitStatus.WANTED);
        }
        stop.complete("by SIG" + name);
    }

    /** Ends {@link #awaitStop()} without a signal. */
    void stop() {
        stop.complete("by itself");
    }

    /** From now on a signal ends {@link #awaitStop()} instead of the process. */
    void onServing() {
        serving = true;
    }

    /** {@return why the process ends: "by SIGHUP", "by itself"} */
    String awaitStop() {
        return stop.join();
    }
}
