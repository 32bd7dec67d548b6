package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.Body;
import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunAs;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebServer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Gangway is replaced again and again under load, behind web servers that keep their connections and those that do not:
 * no request fails. (Where connections are kept it is one that the web server may repeat.)
 */
@Tag("FCGI-158")
class ReplacementIT {
    private static final int REPLACEMENTS = 5;
    private static final int REQUESTS = 10_000;
    private static final int LENGTH = 2_000;
    private static final String KEPT = "kept";
    private static final String NOTHING_READ = "in the line: ";

    private final TempFolder folder = TempFolder.create("replacement");
    private final Path socket = folder.resolve("app.sock");
    private final List<ChildProcess> processes = new ArrayList<>();
    private final List<Front> fronts = new ArrayList<>();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean over;

    @Test
    void noRequestFails() throws Exception {
        try {
            ChildProcess current = start();
            open(WebServer.NGINX, "unix", true);
            open(WebServer.NGINX, "keepalive", false);
            open(WebServer.HTTPD, "unix", true);
            open(WebServer.HAPROXY, "unix", true);

            for (int i = 0; i < REPLACEMENTS || requests() < REQUESTS; i++) {
                ChildProcess next = start("--takeover");
                assertThat(current.await()).isZero();
                assertThat(current.log())
                        .contains("Ending: another process has taken over")
                        .doesNotContain("refused");
                current = next;
            }
            over = true;
            for (Thread client : clients) {
                client.join();
            }
        } finally {
            over = true;
            fronts.forEach(front -> front.server.close());
            processes.forEach(ChildProcess::close);
            folder.keepLogs();
            folder.close();
        }
        assertThat(fronts).allSatisfy(front -> {
            assertThat(front.failures).as(front.name).isEmpty();
            assertThat(front.answers.get()).as(front.name).isGreaterThan(REQUESTS / 20);
        });
    }

    private int requests() {
        return fronts.stream().mapToInt(front -> front.answers.get()).sum();
    }

    private ChildProcess start(String... options) {
        List<String> command = new ArrayList<>(List.of(
                Installation.built().command().toString(),
                "run",
                "/=" + Installation.built().sampleWar(),
                "--listen=unix:" + socket,
                "--socket-group=" + RunAs.user()));
        command.addAll(List.of(options));
        ChildProcess process = ChildProcess.start(
                folder.resolve("gangway-" + processes.size() + ".log"),
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                command);
        processes.add(process);
        Await.until("gangway is ready", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("gangway ended:\n" + process.log());
            }
            return process.log().contains("gangway: ready");
        });
        return process;
    }

    private void open(WebServer webServer, String configuration, boolean posts) {
        RunningServer server = RunningServer.start(webServer, configuration, Map.of("fcgi.socket", socket.toString()));
        Front front = new Front(webServer + " " + configuration, server, posts, webServer == WebServer.HAPROXY);
        fronts.add(front);
        client(front::askOnKeptConnection);
        client(front::askOnKeptConnection);
        client(front::askOnNewConnections);
        client(front::askWhatTakesLong);
    }

    private void client(Runnable task) {
        Thread client = new Thread(task);
        client.setDaemon(true);
        client.start();
        clients.add(client);
    }

    /** A web server, and what its clients have seen. */
    private final class Front {
        private final String name;
        private final RunningServer server;
        private final boolean posts;
        /** Whether a kept connection of a client ends when the one to Gangway does. */
        private final boolean closesClients;

        private final AtomicInteger answers = new AtomicInteger();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();

        Front(String name, RunningServer server, boolean posts, boolean closesClients) {
            this.name = name;
            this.server = server;
            this.posts = posts;
            this.closesClients = closesClients;
        }

        void askOnKeptConnection() {
            while (!over) {
                try (RawHttp http = new RawHttp(server.port())) {
                    boolean isAnswered = ask(http, RawRequest.get("/probe/bytes?n=" + LENGTH), "first");
                    while (!over && isAnswered) {
                        pause();
                        isAnswered = ask(http, RawRequest.get("/probe/bytes?n=" + LENGTH), KEPT);
                    }
                } catch (IOException e) {
                    failures.add(e.toString());
                }
            }
        }

        void askOnNewConnections() {
            for (int i = 0; !over; i++) {
                RawRequest request = posts && i % 4 == 0
                        ? RawRequest.post("/probe/echo", Body.ofLength(LENGTH))
                        : RawRequest.get("/probe/bytes?n=" + LENGTH);
                try (RawHttp http = new RawHttp(server.port())) {
                    ask(http, request, "new");
                } catch (IOException e) {
                    failures.add(e.toString());
                }
                pause();
            }
        }

        /** Such a request is often under way when Gangway is replaced. */
        void askWhatTakesLong() {
            while (!over) {
                try (RawHttp http = new RawHttp(server.port())) {
                    ask(http, RawRequest.get("/probe/wait?id=long&ms=3000"), "long");
                } catch (IOException e) {
                    failures.add(e.toString());
                }
            }
        }

        private boolean ask(RawHttp http, RawRequest request, String kind) {
            long begin = System.nanoTime();
            try {
                RawResponse response = http.exchange(request);
                if (response.status() == 200 && response.bytes().length > 0) {
                    answers.incrementAndGet();
                    return true;
                }
                failures.add(kind + " " + request.method() + ": " + response.status());
            } catch (IOException | AssertionError e) {
                if (kind.equals(KEPT)
                        && e instanceof EOFException
                        && e.getMessage().endsWith(NOTHING_READ)) {
                    // HAProxy closes the client's connection too if a kept one is closed; clients repeat the request.
                    return false;
                }
                failures.add(kind + " " + request.method() + " after "
                        + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) + " ms: " + e);
            }
            return false;
        }

        private void pause() {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
