package dev.gangway.fcgi.input;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** How much memory the virtual machine has for buffers. */
final class BufferMemory {
    private BufferMemory() {}

    /** {@return how many bytes buffers can take at most, inside or outside of the heap} */
    static long max() {
        long heap = Runtime.getRuntime().maxMemory();
        long direct = maxDirect();
        // 0 means as large as the heap.
        return direct > 0 ? Math.min(direct, heap) : heap;
    }

    private static long maxDirect() {
        try {
            return Long.parseLong(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .getVMOption("MaxDirectMemorySize")
                    .getValue());
        } catch (RuntimeException | LinkageError e) {
            // Another virtual machine, or one without that module.
            return 0;
        }
    }
}
