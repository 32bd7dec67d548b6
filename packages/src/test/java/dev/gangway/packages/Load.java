package dev.gangway.packages;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that ask for a page all the time. */
final class Load implements AutoCloseable {
    private static final int CLIENTS = 4;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean over;

    private Load() {}

    static Load on(URI page) {
        Load load = new Load();
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(() -> load.ask(page));
            client.start();
            load.clients.add(client);
        }
        return load;
    }

    /** {@return how many requests have been answered with 200} */
    int answers() {
        return answers.get();
    }

    /** {@return all other answers, and why there was none} */
    List<String> failures() {
        return List.copyOf(failures);
    }

    private void ask(URI page) {
        HttpRequest request =
                HttpRequest.newBuilder(page).timeout(Duration.ofMinutes(2)).build();
        while (!over) {
            try {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    answers.incrementAndGet();
                } else {
                    failures.add(response.statusCode() + " " + response.body());
                }
                // A few hundred requests in a second are enough.
                Thread.sleep(10);
            } catch (IOException | InterruptedException e) {
                failures.add(e.toString());
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread client : clients) {
            client.join();
        }
    }
}
