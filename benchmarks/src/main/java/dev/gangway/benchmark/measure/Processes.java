package dev.gangway.benchmark.measure;

/** What a process and its children have used. */
public final class Processes {
    private Processes() {}

    /** {@return processor time in seconds} */
    public static double seconds(ProcessHandle root) {
        return ProcessorTime.now(root, null).backEnd();
    }

    /** {@return memory in bytes; what processes share counts for each one in part} */
    public static long resident(ProcessHandle root) {
        return Memory.resident(root);
    }
}
