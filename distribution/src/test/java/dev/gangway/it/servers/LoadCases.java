package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Body;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many requests, at once and one after the other: none takes another's answer. */
interface LoadCases {
    int AT_ONCE = 32;
    int IN_A_ROW = 1000;
    int PROCESSES_IN_A_ROW = 100;

    Site site();

    @Test
    @Tag("FCGI-93")
    default void concurrentRequestsGetTheirOwnAnswers() throws Exception {
        // Who waits there for the others asks again each second, and not in turn.
        int atOnce = site().has(Limit.ONE_AT_A_TIME) ? 4 : AT_ONCE;
        CyclicBarrier start = new CyclicBarrier(atOnce);
        ExecutorService clients = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<Void>> results = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                Body body = Body.ofLength(50_000 + i);
                results.add(clients.submit((Callable<Void>) () -> {
                    try (RawHttp http = site().connect()) {
                        start.await();
                        RawResponse response = http.exchange(RawRequest.post("/probe/sink", body));
                        assertThat(response.status()).isEqualTo(200);
                        assertThat(response.json().get("sha256")).isEqualTo(body.sha256());
                        return null;
                    }
                }));
            }
            for (Future<Void> result : results) {
                result.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    default void requestIsNotHeldUpByOneThatWaits() throws IOException {
        site().assumeNot(Limit.ONE_AT_A_TIME);
        String id = UUID.randomUUID().toString();
        try (RawHttp waiting = site().connect()) {
            boolean slowly = site().has(Limit.PROCESS_WAITED_FOR) || site().has(Limit.PROCESS_PER_REQUEST);
            int millis = slowly ? 5000 : 2000;
            RawRequest slow = RawRequest.get("/probe/wait?mode=silent&ms=" + millis + "&id=" + id);
            waiting.send(slow);

            String meanwhile = "unknown";
            while (meanwhile.equals("unknown")) {
                try (RawHttp http = site().connect()) {
                    meanwhile = http.exchange(RawRequest.get("/probe/ended?id=" + id))
                            .text();
                }
            }
            assertThat(meanwhile).isEqualTo("running");

            assertThat(waiting.receive(slow).text()).isEqualTo(".");
        }
    }

    @Test
    @Tag("FCGI-155")
    default void manyRequestsInARowGetTheirOwnAnswers() throws IOException {
        try (RawHttp http = site().connect()) {
            int requests = site().has(Limit.PROCESS_PER_REQUEST) ? PROCESSES_IN_A_ROW : IN_A_ROW;
            for (int i = 0; i < requests; i++) {
                RawResponse response = http.exchange(RawRequest.get("/probe/status?body=" + i));
                assertThat(response.text()).isEqualTo(Integer.toString(i));
            }
        }
    }
}
