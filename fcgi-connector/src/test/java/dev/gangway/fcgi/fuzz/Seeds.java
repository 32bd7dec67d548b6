package dev.gangway.fcgi.fuzz;

import static dev.gangway.conformance.record.FcgiNumbers.PARAMS;

import dev.gangway.conformance.record.Deframer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What real web servers have sent, as a beginning for the fuzzer, and what it has come to before. */
final class Seeds {
    /** The recordings differ little from one to the next; all of them are replayed by another test. */
    private static final int ONE_IN = 20;

    private static final int MAX_LENGTH = 4096;

    private Seeds() {}

    /** {@return connections} */
    static Stream<byte[]> connections() {
        List<byte[]> all = entries("/captures/captures.zip", name -> name.endsWith(".bin"));
        return IntStream.iterate(0, i -> i < all.size(), i -> i + ONE_IN)
                .mapToObj(all::get)
                .filter(bytes -> bytes.length <= MAX_LENGTH);
    }

    /** {@return what {@code ./fuzz keep} has kept of a target, one of each kind that takes a way of its own} */
    static Stream<byte[]> kept(Class<?> target) {
        return entries("/corpus/" + target.getSimpleName() + ".zip", name -> !name.endsWith("/")).stream();
    }

    private static List<byte[]> entries(String resource, Predicate<String> wanted) {
        List<byte[]> entries = new ArrayList<>();
        try (InputStream in = Seeds.class.getResourceAsStream(resource);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (wanted.test(entry.getName())) {
                    entries.add(zip.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    /** {@return the name-value pairs of the first request of each connection} */
    static Stream<byte[]> params() {
        return connections().map(Seeds::params);
    }

    private static byte[] params(byte[] connection) {
        ByteArrayOutputStream params = new ByteArrayOutputStream();
        Deframer.records(connection).stream()
                .filter(record -> record.type() == PARAMS)
                .takeWhile(record -> !record.isEmpty())
                .forEach(record -> params.writeBytes(record.content()));
        return params.toByteArray();
    }
}
