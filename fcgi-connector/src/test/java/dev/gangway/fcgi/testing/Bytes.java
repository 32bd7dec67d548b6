package dev.gangway.fcgi.testing;

import java.util.Random;

/** Bodies that no error in their order or place leaves the same. */
public final class Bytes {
    private Bytes() {}

    /** {@return random bytes, for one length always the same} */
    public static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
