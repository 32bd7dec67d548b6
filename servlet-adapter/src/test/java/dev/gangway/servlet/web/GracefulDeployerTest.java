package dev.gangway.servlet.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.servlet.cleanup.ThreadLocals;
import dev.gangway.servlet.handover.OwnArchive;
import dev.gangway.servlet.web.UnavailableContext.Failure;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.Deployable;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.Attributes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application that starts or stops as long as it likes, and the others. */
@Timeout(120)
class GracefulDeployerTest {
    @TempDir
    private Path folder;

    private final CountDownLatch release = new CountDownLatch(1);
    private final ContextHandlerCollection contexts = new ContextHandlerCollection();
    private final Server server = new Server();
    private final Retries retries = new Retries(System::nanoTime);
    private GracefulDeployer deployer;

    @BeforeEach
    void start() throws Exception {
        ThreadLocals handler = new ThreadLocals(contexts);
        server.setHandler(handler);
        server.setTempDirectory(Files.createDirectory(folder.resolve("temp")).toFile());
        server.start();
        deployer = new GracefulDeployer(contexts, handler, retries, Duration.ofMillis(100));
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

    @Test
    void newVersionStartsBesideTheOldOne() throws IOException {
        ContextHandler old = beside(new Slow("/slow", null, null));
        Slow next = beside(new Slow("/slow", release, null));
        deployer.deploy(old);
        await(() -> at("/slow") == old);

        deployer.redeploy(old, next);
        assertThat(at("/slow")).isSameAs(old);

        release.countDown();
        await(() -> at("/slow") == next);
        await(old::isStopped);
        assertThat(next.war).startsWith(folder.resolve("temp")).hasContent("content");

        deployer.undeploy(next);
        await(() -> Files.notExists(next.war));
    }

    @Test
    void newestVersionIsNextIfOneTakesLong() throws IOException {
        ContextHandler first = beside(new Slow("/slow", release, null));
        ContextHandler second = beside(new Slow("/slow", null, null));
        ContextHandler third = beside(new Slow("/slow", null, null));
        deployer.deploy(first);
        deployer.redeploy(first, second);
        deployer.redeploy(second, third);

        release.countDown();
        await(() -> at("/slow") == third);
        await(first::isStopped);
        assertThat(second.isStarted()).isFalse();

        deployer.undeploy(third);
        await(() -> at("/slow") == null);
        await(third::isStopped);
    }

    @Test
    void oldVersionGoesOnIfTheNewOneDoesNotStart() throws IOException {
        ContextHandler old = beside(new Slow("/slow", null, null));
        ContextHandler broken = beside(new Broken("/slow", new IllegalStateException("broken")));
        ContextHandler unreadable = new UnavailableContext(
                "/slow", List.of(), new Failure(Path.of("/srv/slow.war"), "/srv/slow.war is no archive", false));
        ContextHandler next = beside(new Slow("/slow", null, null));
        deployer.deploy(old);
        deployer.redeploy(old, broken);
        await(broken::isStopped);
        deployer.redeploy(broken, unreadable);
        assertThat(at("/slow")).isSameAs(old);
        assertThat(old.isStarted()).isTrue();

        deployer.redeploy(unreadable, next);
        await(() -> at("/slow") == next);
        await(old::isStopped);
    }

    @Test
    void oldVersionStopsFirstIfTheTwoCannotRunAtTheSameTime() throws IOException {
        ContextHandler old = beside(new Slow("/slow", null, null));
        ContextHandler exclusive = beside(new Broken("/slow", new BindException("Address already in use")));
        ContextHandler again = beside(new Slow("/slow", release, null));
        deployer.deploy(old);
        await(() -> at("/slow") == old);
        deployer.redeploy(old, exclusive);
        await(() -> retries.due().equals(List.of(Path.of("/srv/slow.war"))));
        assertThat(at("/slow")).isSameAs(old);

        deployer.redeploy(exclusive, again);
        await(old::isStopped);
        assertThat(at("/slow")).isInstanceOf(UnavailableContext.class);

        release.countDown();
        await(() -> at("/slow") == again);
    }

    private <T extends ContextHandler> T beside(T context) throws IOException {
        OwnArchive.allow(context, Files.writeString(folder.resolve("slow.war"), "content"));
        return context;
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

    private static class Slow extends ContextHandler implements Deployable {
        private final CountDownLatch start;
        private final CountDownLatch stop;
        private Path war;

        Slow(String path, CountDownLatch start, CountDownLatch stop) {
            super(path);
            this.start = start;
            this.stop = stop;
            setAttribute("dev.gangway.location", Path.of("/srv" + path + ".war"));
            setAttribute("environment", "any");
        }

        @Override
        public void initializeDefaults(Attributes attributes) {
            war = Path.of((String) attributes.getAttribute(Deployable.WAR));
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

    private static final class Broken extends Slow {
        private final Exception failure;

        Broken(String path, Exception failure) {
            super(path, null, null);
            this.failure = failure;
        }

        @Override
        protected void doStart() throws Exception {
            throw failure;
        }
    }
}
