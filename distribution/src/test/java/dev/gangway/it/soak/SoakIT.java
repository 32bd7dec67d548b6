package dev.gangway.it.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Everything at once for some time: nothing is wrong or mixed up, and nothing is left over. */
class SoakIT {
    private static final Duration TIME =
            Duration.ofSeconds((long) (60 * Double.parseDouble(System.getProperty("gangway.soak.minutes", "0.5"))));
    /** Of each web server; as many clients as this speak FastCGI themselves. */
    private static final int CLIENTS = 4;
    /** How much more may be in use than after the first fifth: caches fill, and classes are compiled. */
    private static final long HEAP_GROWTH_KIB = 16 * 1024;

    private final AtomicBoolean over = new AtomicBoolean();
    private final Tally tally = new Tally();

    @Test
    @Tag("FCGI-155")
    @Tag("FCGI-163")
    void nothingIsWrongAndNothingIsLeft() throws Exception {
        try (GangwayProcess gangway = GangwayProcess.start("--authorizer=original", "--filter")) {
            int descriptors = Vitals.descriptors(gangway.pid());
            List<Front> fronts = new ArrayList<>();
            try {
                fronts.add(front(WebServer.NGINX, "keepalive", gangway));
                fronts.add(front(WebServer.HAPROXY, "tcp", gangway));
                fronts.add(front(WebServer.LIGHTTPD, "unix", gangway));
                load(gangway, fronts);
            } finally {
                over.set(true);
                fronts.forEach(Front::close);
            }
            Await.until("connections are closed", () -> Vitals.descriptors(gangway.pid()) <= descriptors + 5);
            Await.until("no request runs", () -> !Vitals.stacks(gangway.pid()).contains("dev.gangway.sample"));

            System.out.println("soak: " + tally);
            int exitCode = gangway.stop();
            assertThat(tally.wrong()).isEmpty();
            assertThat(exitCode).as(gangway.log()).isZero();
            assertThat(gangway.log()).doesNotContain("Buffers not given back", "OutOfMemory");
        }
    }

    private static Front front(WebServer server, String mode, GangwayProcess gangway) {
        return new Front(server.title(), RunningServer.start(server, mode, gangway.placeholders()));
    }

    private void load(GangwayProcess gangway, List<Front> fronts) throws Exception {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            for (Front front : fronts) {
                clients.add(start("client of " + front, i, random -> browse(front, random)));
            }
            clients.add(start("FastCGI client", i, random -> speak(new RawRoles(gangway.tcp()), random)));
        }
        Random random = new Random(4);
        Vitals early = null;
        int steps = 10;
        for (int step = 1; step <= steps; step++) {
            LockSupport.parkNanos(TIME.toNanos() / steps);
            fronts.get(random.nextInt(fronts.size())).restart(random.nextBoolean());
            Vitals now = Vitals.of(gangway.pid());
            System.out.println("soak: " + step * 100 / steps + " %: " + now + "; " + tally.total() + " exchanges");
            early = step == 2 ? now : early;
        }
        over.set(true);
        for (Thread client : clients) {
            client.join(Await.DEADLINE.toMillis());
            assertThat(client.isAlive()).as(client + " hangs").isFalse();
        }
        assertThat(Vitals.of(gangway.pid()).heapKib()).isLessThan(early.heapKib() + HEAP_GROWTH_KIB);
    }

    /** What a client does until the time is over. */
    private interface Life {
        void live(Random random);
    }

    private Thread start(String name, int number, Life life) {
        Thread thread = new Thread(() -> life.live(new Random(31L * number + name.hashCode())), name + " " + number);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void browse(Front front, Random random) {
        while (!over.get()) {
            int faults = front.faults();
            int done = 0;
            Exchange exchange = Exchange.any(random);
            try (RawHttp http = front.connect()) {
                for (int last = random.nextInt(20); done <= last; done++) {
                    exchange.run(http, random);
                    tally.right(front + " " + exchange);
                    if (exchange.leaves()) {
                        break;
                    }
                    exchange = Exchange.any(random);
                }
            } catch (IOException | UncheckedIOException | Broken e) {
                // A web server may close a kept connection at any time between two responses.
                boolean closedBetween =
                        done > 0 && String.valueOf(e.getMessage()).endsWith("closed in the line: ");
                if (closedBetween || faults % 2 == 1 || front.faults() != faults) {
                    tally.interrupted();
                } else {
                    tally.wrong(front + " " + exchange, e);
                }
            } catch (AssertionError | RuntimeException e) {
                // A response that is cut can lack what is looked for in it.
                if (e.getCause() instanceof IOException && front.faults() != faults) {
                    tally.interrupted();
                } else {
                    tally.wrong(front + " " + exchange, e);
                }
            }
        }
    }

    private void speak(RawRoles roles, Random random) {
        while (!over.get()) {
            try {
                roles.run(random);
                tally.right("raw conversations");
            } catch (AssertionError | RuntimeException e) {
                tally.wrong("raw", e);
            }
        }
    }
}
