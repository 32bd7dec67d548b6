package dev.gangway.benchmark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Bytes that repeat: byte {@code i} is {@code source[offset + i % period]}.
 *
 * @param source not copied
 */
public record Content(byte[] source, int offset, int period, long length) {
    public static Content of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new Content(bytes, 0, bytes.length, bytes.length);
    }

    /** {@return whether these bytes, all of them, are those from this position on} */
    public boolean matches(long position, ByteBuffer bytes) {
        if (position + bytes.remaining() > length) {
            return false;
        }
        int from = (int) (position % period);
        for (int at = bytes.position(); at < bytes.limit(); from = 0) {
            int piece = Math.min(period - from, bytes.limit() - at);
            if (bytes.slice(at, piece).mismatch(ByteBuffer.wrap(source, offset + from, piece)) >= 0) {
                return false;
            }
            at += piece;
        }
        return true;
    }

    /** {@return all bytes} */
    public byte[] bytes() {
        byte[] bytes = new byte[Math.toIntExact(length)];
        for (int at = 0; at < bytes.length; at += period) {
            System.arraycopy(source, offset, bytes, at, Math.min(period, bytes.length - at));
        }
        return bytes;
    }
}
