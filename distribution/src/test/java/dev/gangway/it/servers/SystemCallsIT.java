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
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a small request on a kept connection costs the kernel, seen from outside. */
class SystemCallsIT {
    private static final int REQUESTS = 500;
    private static final String HELLO = "/probe/status?code=200&body=hello";
    private static final Pattern ANSWER = Pattern.compile("\\bwritev?\\((\\d+), [^\\n]*Status: 200");

    @Test
    void aSmallRequestTakesOneWriteAndAtMostTwoReads() throws IOException {
        try (TempFolder folder = TempFolder.create("strace");
                GangwayProcess gangway = GangwayProcess.start();
                Peer peer = Peer.connect(
                        UnixDomainSocketAddress.of(gangway.placeholders().get("fcgi.socket")))) {
            ask(peer, REQUESTS);
            Path trace = folder.resolve("trace");

            try (ChildProcess strace = trace(gangway.pid(), trace, folder)) {
                ask(peer, REQUESTS);
                strace.stop();
            }

            String calls = Files.readString(trace);
            Matcher answer = ANSWER.matcher(calls);
            assertThat(answer.find()).as(calls).isTrue();
            String descriptor = answer.group(1);
            assertThat(count(calls, "writev?\\(" + descriptor + ",")).isEqualTo(REQUESTS);
            assertThat(count(calls, "readv?\\(" + descriptor + ",")).isBetween((long) REQUESTS, 2L * REQUESTS);
            report(calls);
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

    private static long count(String calls, String pattern) {
        return Pattern.compile("\\b" + pattern)
                .matcher(calls)
                .results()
                .map(MatchResult::group)
                .count();
    }

    private static void report(String calls) {
        for (String call : List.of("epoll_wait", "epoll_ctl", "futex")) {
            System.out.printf("%s: %.2f for each request%n", call, (double) count(calls, call + "\\(") / REQUESTS);
        }
    }
}
