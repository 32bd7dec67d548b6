package dev.gangway.fcgi.fuzz;

import static dev.gangway.conformance.peer.FcgiNumbers.*;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What real web servers have sent, as a beginning for the fuzzer. */
final class Seeds {
    /** The recordings differ little from one to the next; all of them are replayed by another test. */
    private static final int ONE_IN = 20;

    private static final int MAX_LENGTH = 4096;

    private Seeds() {}

    /** {@return connections} */
    static Stream<byte[]> connections() {
        List<byte[]> connections = new ArrayList<>();
        try (InputStream resource = Seeds.class.getResourceAsStream("/captures/captures.zip");
                ZipInputStream zip = new ZipInputStream(resource)) {
            int number = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".bin") && number++ % ONE_IN == 0) {
                    connections.add(zip.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return connections.stream().filter(bytes -> bytes.length <= MAX_LENGTH);
    }

    /** {@return the name-value pairs of the first request of each connection} */
    static Stream<byte[]> params() {
        return connections().map(Seeds::params);
    }

    private static byte[] params(byte[] connection) {
        ByteArrayOutputStream params = new ByteArrayOutputStream();
        ByteBuffer records = ByteBuffer.wrap(connection);
        while (records.remaining() >= HEADER_LENGTH) {
            int type = records.get(records.position() + 1);
            int content = records.getShort(records.position() + 4) & 0xFFFF;
            int padding = records.get(records.position() + 6) & 0xFF;
            int start = records.position() + HEADER_LENGTH;
            if (type == PARAMS && content == 0) {
                break;
            }
            if (type == PARAMS) {
                params.write(connection, start, content);
            }
            records.position(start + content + padding);
        }
        return params.toByteArray();
    }
}
