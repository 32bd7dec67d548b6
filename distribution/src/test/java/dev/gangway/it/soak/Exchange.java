package dev.gangway.it.soak;

import dev.gangway.it.harness.Body;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a client of a web server does; each one checks every byte that it gets. */
enum Exchange {
    /** The answer is to this very request, not to somebody else's. */
    ECHO(10) {
        @Override
        void run(RawHttp http, Random random) throws IOException, Broken {
            String mark = Long.toHexString(random.nextLong());
            RawRequest request = RawRequest.get("/probe/echo/" + mark + "?q=" + mark)
                    .header("X-Mark", mark)
                    .header("Cookie", "mark=" + mark);
            Map<?, ?> echo = ok(http.exchange(request)).json();
            require(echo.get("pathInfo").equals("/" + mark), echo);
            require(echo.get("queryString").equals("q=" + mark), echo);
            require(hasHeader(echo, mark), echo);
        }
    },
    DOWNLOAD(6) {
        @Override
        void run(RawHttp http, Random random) throws IOException, Broken {
            long seed = random.nextLong();
            int size = random.nextInt(random.nextInt(8) == 0 ? 5_000_000 : 100_000);
            String length = "&length=" + random.nextBoolean();
            receive(ok(http.exchange(RawRequest.get(bytes(seed, size) + length))), seed, size, 0);
        }
    },
    SLOW_READER(1) {
        @Override
        void run(RawHttp http, Random random) throws IOException, Broken {
            long seed = random.nextLong();
            int size = 1_000_000 + random.nextInt(1_000_000);
            receive(ok(http.exchange(RawRequest.get(bytes(seed, size)))), seed, size, 10);
        }
    },
    UPLOAD(5) {
        @Override
        void run(RawHttp http, Random random) throws IOException, Broken {
            byte[] bytes = new byte[random.nextInt(random.nextInt(8) == 0 ? 3_000_000 : 50_000)];
            random.nextBytes(bytes);
            Body body = Body.of(bytes);
            Map<?, ?> told =
                    ok(http.exchange(RawRequest.post("/probe/sink", body))).json();
            require(told.get("bytes").equals((long) bytes.length), told);
            require(told.get("sha256").equals(body.sha256()), told);
        }
    },
    LATER(3) {
        @Override
        void run(RawHttp http, Random random) throws IOException, Broken {
            int millis = random.nextInt(300);
            Map<?, ?> told = ok(http.exchange(RawRequest.get("/probe/async?ms=" + millis)))
                    .json();
            require(told.get("ms").equals((long) millis), told);
        }
    },
    FAILURE(1) {
        @Override
        void run(RawHttp http, Random random) throws IOException, Broken {
            RawResponse response = http.exchange(RawRequest.get("/probe/fail"));
            response.bytes();
            if (response.status() != 500) {
                throw new Broken("status " + response.status());
            }
        }
    },
    /** Leaves in the middle of a response. */
    LEAVE_READING(1) {
        @Override
        void run(RawHttp http, Random random) throws IOException, Broken {
            long seed = random.nextLong();
            InputStream body =
                    ok(http.exchange(RawRequest.get(bytes(seed, 50_000_000)))).body();
            byte[] expected = new byte[random.nextInt(200_000)];
            new SplittableRandom(seed).nextBytes(expected);
            if (!Arrays.equals(body.readNBytes(expected.length), expected)) {
                throw new AssertionError("wrong bytes at the beginning of a response");
            }
            http.close();
        }
    },
    /** Leaves in the middle of a request. */
    LEAVE_WRITING(1) {
        @Override
        void run(RawHttp http, Random random) throws IOException {
            http.send("POST /probe/sink HTTP/1.1\r\nHost: app.example\r\nContent-Length: 1000000\r\n\r\n");
            http.send("x".repeat(random.nextInt(300_000)));
            http.close();
        }
    };

    private static final List<Exchange> BY_WEIGHT = Arrays.stream(values())
            .flatMap(exchange -> Collections.nCopies(exchange.weight, exchange).stream())
            .toList();

    private final int weight;

    Exchange(int weight) {
        this.weight = weight;
    }

    static Exchange any(Random random) {
        return BY_WEIGHT.get(random.nextInt(BY_WEIGHT.size()));
    }

    /**
     * Runs it on a connection that is still good afterwards, if it returns and did not leave.
     *
     * @throws IOException    if the connection failed
     * @throws Broken         if the response says that something failed
     * @throws AssertionError if a response is wrong
     */
    abstract void run(RawHttp http, Random random) throws IOException, Broken;

    boolean leaves() {
        return this == LEAVE_READING || this == LEAVE_WRITING;
    }

    private static String bytes(long seed, int size) {
        return "/probe/bytes?seed=" + seed + "&n=" + size;
    }

    private static RawResponse ok(RawResponse response) throws Broken {
        if (response.status() != 200) {
            throw new Broken("status " + response.status() + ": " + response.text());
        }
        return response;
    }

    private static void receive(RawResponse response, long seed, int size, int pauseMillis) throws IOException {
        byte[] expected = new byte[size];
        new SplittableRandom(seed).nextBytes(expected);
        byte[] part = new byte[16 * 1024];
        int position = 0;
        for (int count = response.body().read(part);
                count >= 0;
                count = response.body().read(part)) {
            if (position + count > size || !Arrays.equals(part, 0, count, expected, position, position + count)) {
                throw new AssertionError("wrong bytes at " + position + " of " + size);
            }
            position += count;
            if (pauseMillis > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
            }
        }
        if (position < size) {
            throw new AssertionError("a complete response of " + position + " bytes instead of " + size);
        }
    }

    private static boolean hasHeader(Map<?, ?> echo, String mark) {
        for (Object header : (Object[]) echo.get("headers")) {
            Object[] nameAndValue = (Object[]) header;
            if (nameAndValue[0].toString().equalsIgnoreCase("X-Mark")) {
                return nameAndValue[1].equals(mark);
            }
        }
        return false;
    }

    private static void require(boolean right, Object seen) {
        if (!right) {
            throw new AssertionError("not the answer to this request: " + seen);
        }
    }
}
