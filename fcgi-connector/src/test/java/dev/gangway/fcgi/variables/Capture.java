package dev.gangway.fcgi.variables;

import dev.gangway.conformance.record.Deframer;
import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.fcgi.testing.SeenRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.eclipse.jetty.util.ajax.JSON;

/**
 * What a real web server sent on one connection.
 *
 * @param name     the web server, its configuration and the case
 * @param bytes    exactly as sent
 * @param expected what each request in it means
 */
record Capture(String name, byte[] bytes, List<Expected> expected) {
    /** One request, as described in the README beside the recordings; every text is Latin-1. */
    record Expected(Map<String, Object> json) {
        int id() {
            return ((Long) json.get("request_id")).intValue();
        }

        String text(String field) {
            return (String) json.get(field);
        }

        boolean is(String field) {
            return (Boolean) json.get(field);
        }

        long number(String field) {
            return json.get(field) == null ? -1 : (Long) json.get(field);
        }

        /** {@return the pairs of a field, in order} */
        List<SeenRequest.Field> fields(String field) {
            return Arrays.stream((Object[]) json.get(field))
                    .map(pair -> (Object[]) pair)
                    .map(pair -> new SeenRequest.Field((String) pair[0], (String) pair[1]))
                    .toList();
        }
    }

    static List<Capture> all() {
        Map<String, byte[]> files = new TreeMap<>();
        try (InputStream resource = Capture.class.getResourceAsStream("/captures/captures.zip");
                ZipInputStream zip = new ZipInputStream(resource)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Stream<String> names = files.keySet().stream().filter(name -> name.endsWith(".bin"));
        return names.map(name -> name.substring(0, name.length() - ".bin".length()))
                .map(name -> of(name, files.get(name + ".bin"), files.get(name + ".json")))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Capture of(String name, byte[] bytes, byte[] json) {
        Map<String, Object> description =
                (Map<String, Object>) new JSON().fromJSON(new String(json, StandardCharsets.UTF_8));
        return new Capture(
                name,
                bytes,
                Arrays.stream((Object[]) description.get("expected"))
                        .map(request -> new Expected((Map<String, Object>) request))
                        .toList());
    }

    List<FcgiRecord> records() {
        return Deframer.records(bytes);
    }
}
