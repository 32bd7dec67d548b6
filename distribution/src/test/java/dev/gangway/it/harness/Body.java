package dev.gangway.it.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;

/** The content of a request, of any size without holding it in memory. */
public interface Body {
    long length();

    void writeTo(OutputStream out) throws IOException;

    static Body of(byte[] bytes) {
        return new Body() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        };
    }

    static Body of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One after the other. */
    static Body concat(Body... parts) {
        return new Body() {
            @Override
            public long length() {
                return Stream.of(parts).mapToLong(Body::length).sum();
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                for (Body part : parts) {
                    part.writeTo(out);
                }
            }
        };
    }

    /** Bytes that differ from block to block, so that lost, doubled or swapped parts change the checksum. */
    static Body ofLength(long length) {
        return new Body() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                byte[] block = new byte[64 * 1024];
                new Random(length).nextBytes(block);
                for (long position = 0; position < length; position += block.length) {
                    ByteBuffer.wrap(block).putLong(position);
                    out.write(block, 0, (int) Math.min(block.length, length - position));
                }
            }
        };
    }

    default String sha256() {
        try (Sha256Output digest = new Sha256Output()) {
            writeTo(digest);
            return digest.hex();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
