package dev.gangway.servlet.process;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of the process, which no thread and no shutdown hook of an application prevents. */
public final class Exit {
    /** How long shutdown hooks may take, ours among them, when the process has to end. */
    private static final long HOOKS_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Exit.class);

    private Exit() {}

    /** Ends the process. */
    public static void now(int status) {
        daemon("halt", () -> halt(status)).start();
        System.exit(status);
    }

    /**
     * Ends the process if it is still there after a while.
     *
     * @param whatLasts says what takes so long, for the log
     */
    static void latestAfter(long millis, int status, String whatLasts) {
        daemon("exit", () -> {
                    pause(millis);
                    // Writing to the log may be what takes so long.
                    daemon("halt", () -> halt(status)).start();
                    LOG.warn("{}; the process ends anyway", whatLasts);
                    System.exit(status);
                })
                .start();
    }

    private static void halt(int status) {
        pause(HOOKS_MILLIS);
        Runtime.getRuntime().halt(status);
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, "gangway-" + name);
        thread.setDaemon(true);
        return thread;
    }

    /** An interrupt does not cut it short. */
    private static void pause(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            Thread.interrupted();
        }
    }
}
