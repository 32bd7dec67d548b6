package dev.gangway.sample;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What remains of a stream that was read to its end and never held.
 *
 * @param bytes  its length
 * @param sha256 the SHA-256 of its content, in lower-case hexadecimal digits
 */
public record Checksum(long bytes, String sha256) {
    private static final int STEP_BYTES = 8 * 1024;

    /** Reads a stream to its end. */
    public static Checksum of(InputStream input) throws IOException {
        return of(input, 0);
    }

    /** Reads a stream to its end, with a pause after each step of at most 8 KiB. */
    public static Checksum of(InputStream input, long pauseMillis) throws IOException {
        MessageDigest digest = sha256Digest();
        byte[] step = new byte[STEP_BYTES];
        long bytes = 0;
        for (int length = input.read(step); length >= 0; length = input.read(step)) {
            digest.update(step, 0, length);
            bytes += length;
            Pause.millis(pauseMillis);
        }
        return new Checksum(bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
