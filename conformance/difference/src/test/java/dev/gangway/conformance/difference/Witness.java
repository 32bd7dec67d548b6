package dev.gangway.conformance.difference;

import dev.gangway.it.harness.Tap;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a web server and Gangway say to each other until it is told to forget. */
final class Witness {
    private final List<Memory> memories = new CopyOnWriteArrayList<>();

    private static final class Memory implements Tap.Ear {
        private final ByteArrayOutputStream asked = new ByteArrayOutputStream();
        private final ByteArrayOutputStream answered = new ByteArrayOutputStream();

        @Override
        public synchronized void hear(boolean toApplication, ByteBuffer bytes) {
            (toApplication ? asked : answered).write(bytes.array(), bytes.position(), bytes.remaining());
        }

        synchronized void forget() {
            asked.reset();
            answered.reset();
        }

        synchronized Overheard overheard() {
            return Overheard.of(asked.toByteArray(), answered.toByteArray());
        }
    }

    /** {@return what remembers one more connection} */
    Tap.Ear ear() {
        Memory memory = new Memory();
        memories.add(memory);
        return memory;
    }

    void forget() {
        memories.forEach(Memory::forget);
    }

    /** What has been said since then, in the order of the connections. */
    List<Overheard> overheard() {
        return memories.stream()
                .map(Memory::overheard)
                .filter(overheard -> !overheard.params().isEmpty())
                .toList();
    }
}
