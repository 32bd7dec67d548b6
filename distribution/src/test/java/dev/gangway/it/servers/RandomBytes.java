package dev.gangway.it.servers;

import dev.gangway.it.harness.Sha256Output;
import java.util.SplittableRandom;

/** What {@code /probe/bytes} sends. */
final class RandomBytes {
    private static final int STEP = 64 * 1024;

    private RandomBytes() {}

    static String sha256(long seed, long length) {
        SplittableRandom random = new SplittableRandom(seed);
        Sha256Output digest = new Sha256Output();
        byte[] step = new byte[STEP];
        for (long left = length; left > 0; left -= step.length) {
            random.nextBytes(step);
            digest.write(step, 0, (int) Math.min(left, step.length));
        }
        return digest.hex();
    }
}
