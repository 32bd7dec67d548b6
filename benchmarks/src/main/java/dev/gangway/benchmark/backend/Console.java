package dev.gangway.benchmark.backend;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** How the benchmark speaks with a server in Java: by lines over its standard input and output, whose end ends it. */
public final class Console {
    /** What a server says when it can be asked. */
    public static final String READY = "ready";

    /** Asks for the number of bytes that have been allocated since the start. */
    public static final String ALLOCATED = "allocated";

    /** Asks for the number of bytes that are in use after a full collection. */
    public static final String LIVE = "live";

    private Console() {}

    /** What may fail. */
    interface Start {
        void run() throws Exception;
    }

    /** Starts a server, and answers until there are no more questions; then the process ends, as if it does not start. */
    static void serve(Start start) {
        try {
            start.run();
            System.out.println(READY);
            answer();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void answer() throws IOException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            System.out.println(
                    switch (line) {
                        case ALLOCATED -> allocated();
                        case LIVE -> live();
                        default -> throw new IOException("unknown question: " + line);
                    });
        }
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
