package dev.gangway.fcgi.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Ways to cut bytes. */
final class Cuts {
    private Cuts() {}

    static List<ByteBuffer> none(byte[] bytes) {
        return List.of(ByteBuffer.wrap(bytes));
    }

    static List<ByteBuffer> everywhere(byte[] bytes) {
        List<ByteBuffer> pieces = new ArrayList<>(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            pieces.add(ByteBuffer.wrap(bytes, i, 1).slice());
        }
        return pieces;
    }

    /** {@return pieces of any length, mostly short ones} */
    static List<ByteBuffer> anywhere(byte[] bytes, Random random) {
        List<ByteBuffer> pieces = new ArrayList<>();
        int longest = 1 << random.nextInt(14);
        for (int from = 0; from < bytes.length; ) {
            int length = Math.min(bytes.length - from, 1 + random.nextInt(longest));
            pieces.add(ByteBuffer.wrap(bytes, from, length).slice());
            from += length;
        }
        return pieces;
    }
}
