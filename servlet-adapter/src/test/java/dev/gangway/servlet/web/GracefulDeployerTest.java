package dev.gangway.servlet.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.servlet.cleanup.ThreadLocals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application that starts or stops as long as it likes, and the others. */
@Timeout(120)
class GracefulDeployerTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private final ContextHandlerCollection contexts = new ContextHandlerCollection();
    private final Server server = new Server();
    private GracefulDeployer deployer;

    @BeforeEach
    void start() throws Exception {
        ThreadLocals handler = new ThreadLocals(contexts);
        server.setHandler(handler);
        server.start();
        deployer = new GracefulDeployer(contexts, handler, new Retries(System::nanoTime), Duration.ofMillis(100));
    }

    @AfterEach
    void stop() throws Exception {
        release.countDown();
        server.stop();
    }

    @Test
    void othersAreServedWhileOneStarts() {
        ContextHandler slow = new Slow("/slow", release, null);
        ContextHandler other = new Slow("/other", null, null);
        deployer.deploy(slow);
        assertThat(at("/slow")).isInstanceOf(UnavailableContext.class);

        deployer.deploy(other);
        await(() -> at("/other") == other);
        deployer.undeploy(other);
        await(() -> at("/other") == null);
        assertThat(at("/slow")).isInstanceOf(UnavailableContext.class);

        release.countDown();
        await(() -> at("/slow") == slow);
        assertThat(slow.isStarted()).isTrue();
    }

    @Test
    void othersAreServedWhileOneStops() {
        ContextHandler slow = new Slow("/slow", null, release);
        ContextHandler next = new Slow("/slow", null, null);
        ContextHandler other = new Slow("/other", null, null);
        deployer.deploy(slow);
        await(() -> at("/slow") == slow);
        deployer.redeploy(slow, next);
        assertThat(at("/slow")).isInstanceOf(UnavailableContext.class);

        deployer.deploy(other);
        await(() -> at("/other") == other);
        assertThat(next.isStarted()).isFalse();

        release.countDown();
        await(() -> at("/slow") == next);
        assertThat(slow.isStopped()).isTrue();
        assertThat(next.isStarted()).isTrue();
    }

    /** Never two versions at the same time. */
    @Test
    void nextVersionAndTheEndWaitForTheFirst() {
        ContextHandler first = new Slow("/slow", release, null);
        ContextHandler second = new Slow("/slow", null, null);
        ContextHandler other = new Slow("/other", null, null);
        deployer.deploy(first);
        deployer.redeploy(first, second);
        deployer.undeploy(second);
        deployer.deploy(other);
        await(() -> at("/other") == other);
        assertThat(second.isStarted()).isFalse();

        release.countDown();
        await(() -> at("/slow") == null);
        await(second::isStopped);
        assertThat(first.isStopped()).isTrue();
        assertThat(at("/other")).isSameAs(other);
    }

    private ContextHandler at(String path) {
        List<ContextHandler> found = contexts.getDescendants(ContextHandler.class).stream()
                .filter(context -> context.getContextPath().equals(path))
                .toList();
        assertThat(found).hasSizeLessThan(2);
        return found.isEmpty() ? null : found.get(0);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private static final class Slow extends ContextHandler {
        private final CountDownLatch start;
        private final CountDownLatch stop;

        Slow(String path, CountDownLatch start, CountDownLatch stop) {
            super(path);
            this.start = start;
            this.stop = stop;
            setAttribute("dev.gangway.location", Path.of("/srv" + path + ".war"));
        }

        @Override
        protected void doStart() throws Exception {
            await(start);
            super.doStart();
        }

        @Override
        protected void doStop() throws Exception {
            await(stop);
            super.doStop();
        }

        private static void await(CountDownLatch latch) throws InterruptedException {
            if (latch != null) {
                latch.await();
            }
        }
    }
}
