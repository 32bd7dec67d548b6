package dev.gangway.fcgi.testing;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/** Nothing is done by the clock: what a test waits for then has another cause. */
public final class StoppedClock extends AbstractLifeCycle implements Scheduler {
    @Override
    public Task schedule(Runnable task, long delay, TimeUnit units) {
        return () -> true;
    }
}
