package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.fail;
import static dev.gangway.conformance.Finding.notApplicable;
import static dev.gangway.conformance.Finding.pass;
import static dev.gangway.conformance.Finding.passIf;
import static dev.gangway.conformance.record.FcgiNumbers.ABORT_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.AUTHORIZER;
import static dev.gangway.conformance.record.FcgiNumbers.BEGIN_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.MAX_CONTENT;
import static dev.gangway.conformance.record.FcgiNumbers.STDIN;

import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Script;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** However the records are cut, padded and written, it is the same request. */
final class FramingChecks {
    private FramingChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("FCGI-15", "A request may come byte by byte", FramingChecks::byteByByte),
                new Check("FCGI-15", "A record may have 65535 bytes of content", FramingChecks::largestRecord),
                new Check(
                        "FCGI-16",
                        "Records may have 255 bytes of padding that look like records",
                        FramingChecks::padded),
                new Check("FCGI-17", "Reserved bytes are ignored", FramingChecks::reserved),
                new Check("FCGI-53", "Flags other than KEEP_CONN are ignored", FramingChecks::otherFlags),
                new Check("FCGI-31", "STDIN may be cut into records anywhere", FramingChecks::stdinInPieces));
    }

    private static Finding byteByByte(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            connection.sendByteByByte(plain.request().script(1, CLOSE));
            return plain.same(connection, connection.answer(1));
        }
    }

    private static Finding largestRecord(Application application) throws IOException {
        if (application.role() == AUTHORIZER) {
            return notApplicable(Application.NO_BODY);
        }
        Reference plain = application.reference(application.post(1000));
        Request request = application.post(MAX_CONTENT);
        Answer answer = application.plain(request);
        return answer.complete() && answer.status() == plain.answer().status()
                ? pass()
                : fail(answer.summary() + ", but " + plain.answer().summary() + " for a short body");
    }

    private static Finding padded(Application application) throws IOException {
        byte[] padding = Arrays.copyOf(FcgiRecord.of(ABORT_REQUEST, 1).encode(), 255);
        for (int i = 8; i < padding.length; i++) {
            padding[i] = padding[i % 8];
        }
        Reference plain = application.reference();
        return plain.same(changed(plain.request().script(1, CLOSE), record -> record.withPadding(padding)));
    }

    private static Finding reserved(Application application) throws IOException {
        Reference plain = application.reference();
        Script script = changed(plain.request().script(1, CLOSE), record -> {
            if (record.type() == BEGIN_REQUEST) {
                Arrays.fill(record.content(), 3, 8, (byte) 0xFF);
            }
            return record;
        });
        try (Connection connection = application.connect().expect(1)) {
            for (FcgiRecord record : script.records()) {
                byte[] bytes = record.encode();
                bytes[7] = (byte) 0xFF;
                connection.raw(bytes);
            }
            return plain.same(connection, connection.answer(1));
        }
    }

    private static Finding otherFlags(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            Finding finding =
                    plain.same(connection.send(plain.request().script(1, 0xFE)).answer(1));
            if (finding.failed()) {
                return finding;
            }
            if (!connection.closes()) {
                return fail("flags FE: the connection stays open");
            }
        }
        try (Connection connection = application.connect()) {
            connection.send(plain.request().script(1, 0xFF)).answer(1);
            return passIf(!connection.listen(Application.WHILE).isClosed(), "flags FF: connection closed");
        }
    }

    private static Finding stdinInPieces(Application application) throws IOException {
        if (application.role() == AUTHORIZER) {
            return notApplicable(Application.NO_BODY);
        }
        Reference plain = application.reference(application.post(300));
        Script script = new Script();
        for (FcgiRecord record : plain.request().script(1, CLOSE).records()) {
            if (record.type() == STDIN && !record.isEmpty()) {
                for (byte b : record.content()) {
                    script.record(STDIN, 1, b);
                }
            } else {
                script.record(record);
            }
        }
        return plain.same(script);
    }

    private static Script changed(Script script, UnaryOperator<FcgiRecord> change) {
        Script changed = new Script();
        script.records().forEach(record -> changed.record(change.apply(record)));
        return changed;
    }
}
