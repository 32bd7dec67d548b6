package dev.gangway.it.servers;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a small request on a kept connection costs the kernel, seen from outside. */
class SystemCallsIT {
    private static final int REQUESTS = 500;
    private static final int WARM_UP = 3_000;
    private static final String HELLO = "/probe/status?code=200&body=hello";
    private static final Pattern ANSWER = Pattern.compile("(\\d+) +writev?\\((\\d+), [^\\n]*Status: 200");

    /** A thread stays with the connection: it waits, reads and writes, and no other one does anything. */
    @Test
    void aSmallRequestTakesThreeSystemCalls() throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start()) {
            Calls calls = calls(gangway);

            assertThat(calls.of("writev?")).as(calls.toString()).isEqualTo(REQUESTS);
            assertThat(calls.of("readv?")).as(calls.toString()).isBetween(REQUESTS, few(REQUESTS));
            assertThat(calls.of("epoll_wait")).as(calls.toString()).isBetween(REQUESTS, few(REQUESTS));
            assertThat(calls.of("epoll_ctl")).as(calls.toString()).isLessThan(few(0));
            // A hand-over takes one at least; the compiler of the JVM takes some.
            assertThat(calls.of("futex")).as(calls.toString()).isLessThan(REQUESTS);
        }
    }

    @Test
    void onSelectorsASmallRequestTakesOneWriteAndAtMostTwoReads() throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start("--connection-threads=off")) {
            Calls calls = calls(gangway);

            assertThat(calls.of("writev?")).as(calls.toString()).isEqualTo(REQUESTS);
            assertThat(calls.of("readv?")).as(calls.toString()).isBetween(REQUESTS, 2 * REQUESTS);
        }
    }

    /** {@return a bound that leaves room for what the JVM does beside it, and for a machine that stalls} */
    private static int few(int calls) {
        return calls + REQUESTS / 4;
    }

    /**
     * The system calls of the requests.
     *
     * @param trace      a line for each, which begins with the thread
     * @param thread     that answers
     * @param descriptor of the connection
     */
    private record Calls(String trace, String thread, String descriptor) {
        /** {@return how many there were of a kind: reads and writes of the connection, others of the thread} */
        int of(String name) {
            String call = name.startsWith("read") || name.startsWith("write")
                    ? "\\b" + name + "\\(" + descriptor + ","
                    : "(?m)^" + thread + " +" + name + "\\(";
            return (int) Pattern.compile(call).matcher(trace).results().count();
        }

        @Override
        public String toString() {
            return "wait %d, read %d, write %d, ctl %d, futex %d for %d requests%n%s"
                    .formatted(
                            of("epoll_wait"),
                            of("readv?"),
                            of("writev?"),
                            of("epoll_ctl"),
                            of("futex"),
                            REQUESTS,
                            trace.lines().limit(60).collect(Collectors.joining("\n")));
        }
    }

    private static Calls calls(GangwayProcess gangway) throws IOException {
        try (TempFolder folder = TempFolder.create("strace");
                Peer peer = Peer.connect(
                        UnixDomainSocketAddress.of(gangway.placeholders().get("fcgi.socket")))) {
            ask(peer, WARM_UP);
            Path trace = folder.resolve("trace");
            try (ChildProcess strace = trace(gangway.pid(), trace, folder)) {
                ask(peer, REQUESTS);
                strace.stop();
            }
            String calls = Files.readString(trace);
            Matcher answer = ANSWER.matcher(calls);
            assertThat(answer.find()).as(calls).isTrue();
            return new Calls(calls, answer.group(1), answer.group(2));
        }
    }

    private static ChildProcess trace(long pid, Path trace, TempFolder folder) {
        ChildProcess strace = ChildProcess.start(
                folder.resolve("strace.log"),
                Map.of(),
                List.of(
                        "strace",
                        "-f",
                        "-s64",
                        "-etrace=read,readv,write,writev,epoll_ctl,epoll_wait,futex",
                        "-o" + trace,
                        "-p" + pid));
        Await.until("strace is attached", () -> {
            assertThat(strace.isAlive()).as(strace.log()).isTrue();
            return strace.log().contains("attached");
        });
        return strace;
    }

    private static void ask(Peer peer, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(peer.request(1, KEEP_CONN, Pairs.get(HELLO), new byte[0])
                            .response(1)
                            .text())
                    .isEqualTo("hello");
        }
    }
}
