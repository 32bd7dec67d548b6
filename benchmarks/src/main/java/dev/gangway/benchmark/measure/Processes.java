package dev.gangway.benchmark.measure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** What processes are given and use. */
public final class Processes {
    private Processes() {}

    /** {@return a port of the loopback address that nobody listens on} */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** {@return processor time in seconds} */
    public static double seconds(ProcessHandle root) {
        return ProcessorTime.now(root, null).backEnd();
    }

    /** {@return memory in bytes; what processes share counts for each one in part} */
    public static long resident(ProcessHandle root) {
        return Memory.resident(root);
    }
}
