package dev.gangway.benchmark.load;

import dev.gangway.benchmark.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A request as browsers send it; each one differs from the last in path, cookies, client and some headers, so that a
 * server gains no more by remembering than it would from real browsers.
 *
 * @param number decides the answer
 * @param client its address and port
 */
record BrowserRequest(Workload workload, int number, String client, int port, List<Header> headers) {
    static final String HOST = "shop.example";

    private static final String[] AGENTS = {
        "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
    };
    private static final String[] LANGUAGES = {"en-GB,en;q=0.8", "de,en-US;q=0.7,en;q=0.3", "fr-FR,fr;q=0.9,en;q=0.5"};

    record Header(String name, String value) {}

    /** {@return so many requests, always the same} */
    static List<BrowserRequest> pool(Workload workload, int size) {
        Random random = new Random(workload.ordinal());
        List<BrowserRequest> pool = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            pool.add(any(workload, random));
        }
        return pool;
    }

    private static BrowserRequest any(Workload workload, Random random) {
        String client = "198.51.100." + (1 + random.nextInt(250));
        List<Header> headers = List.of(
                new Header("Host", HOST),
                new Header("User-Agent", AGENTS[random.nextInt(AGENTS.length)]),
                new Header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
                new Header("Accept-Language", LANGUAGES[random.nextInt(LANGUAGES.length)]),
                new Header("Accept-Encoding", "gzip, deflate, br"),
                new Header("Referer", "https://" + HOST + "/products/" + random.nextInt(100_000)),
                new Header("Cookie", "JSESSIONID=" + hex(random) + hex(random) + "; theme=dark; seen=" + hex(random)),
                new Header("Upgrade-Insecure-Requests", "1"),
                new Header("Sec-Fetch-Dest", "document"),
                new Header("Sec-Fetch-Mode", "navigate"),
                new Header("Sec-Fetch-Site", "same-origin"),
                new Header("Priority", "u=0, i"));
        int number = 1_000_000 + random.nextInt(9_000_000);
        return new BrowserRequest(workload, number, client, 1024 + random.nextInt(64_000), headers);
    }

    private static String hex(Random random) {
        return String.format("%08x", random.nextInt());
    }

    String method() {
        return workload.bodyLength() == 0 ? "GET" : "POST";
    }

    String path() {
        return "/" + workload.path() + "/" + number;
    }
}
