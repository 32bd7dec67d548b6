package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.*;
import static dev.gangway.conformance.peer.FcgiNumbers.*;

import dev.gangway.conformance.peer.FcgiRecord;
import dev.gangway.conformance.peer.Script;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** However the records are cut, padded and written, it is the same request. */
final class FramingChecks {
    private FramingChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("FCGI-15", "A request may come byte by byte", FramingChecks::byteByByte),
                new Check("FCGI-15", "Each record may come in a write of its own", FramingChecks::recordByRecord),
                new Check("FCGI-15", "A record may have 65535 bytes of content", FramingChecks::largestRecord),
                new Check(
                        "FCGI-16",
                        "Records may have 255 bytes of padding that look like records",
                        FramingChecks::padded),
                new Check("FCGI-17", "Reserved bytes of the header are ignored", FramingChecks::reservedInHeader),
                new Check("FCGI-17", "Reserved bytes of BEGIN_REQUEST are ignored", FramingChecks::reservedInBegin),
                new Check("FCGI-53", "Flags other than KEEP_CONN are ignored", FramingChecks::otherFlags),
                new Check("FCGI-31", "STDIN may be cut into records anywhere", FramingChecks::stdinInPieces));
    }

    private static Finding byteByByte(Application application) throws IOException {
        Request request = application.get();
        try (Connection connection = application.connect()) {
            connection.sendInPieces(request.script(1, CLOSE), 1);
            return application.same(request, connection, connection.answer(1));
        }
    }

    private static Finding recordByRecord(Application application) throws IOException {
        Request request = application.get();
        try (Connection connection = application.connect()) {
            request.script(1, CLOSE).records().forEach(connection::record);
            return application.same(request, connection, connection.answer(1));
        }
    }

    private static Finding largestRecord(Application application) throws IOException {
        if (application.role() == AUTHORIZER) {
            return notApplicable("an Authorizer has no body");
        }
        return said(application, application.post(MAX_CONTENT), record -> record);
    }

    private static Finding padded(Application application) throws IOException {
        byte[] padding = Arrays.copyOf(FcgiRecord.of(ABORT_REQUEST, 1).encode(), 255);
        for (int i = 8; i < padding.length; i++) {
            padding[i] = padding[i % 8];
        }
        return said(application, application.get(), record -> record.withPadding(padding));
    }

    private static Finding reservedInHeader(Application application) throws IOException {
        return encoded(application, record -> {
            byte[] bytes = record.encode();
            bytes[7] = (byte) 0xFF;
            return bytes;
        });
    }

    private static Finding reservedInBegin(Application application) throws IOException {
        return said(application, application.get(), record -> {
            if (record.type() == BEGIN_REQUEST) {
                Arrays.fill(record.content(), 3, 8, (byte) 0xFF);
            }
            return record;
        });
    }

    private static Finding otherFlags(Application application) throws IOException {
        Request request = application.get();
        try (Connection connection = application.connect()) {
            Finding finding = application.same(
                    request, connection.send(request.script(1, 0xFE)).answer(1));
            if (finding.failed()) {
                return finding;
            }
            if (!connection.closes()) {
                return fail("flags 0xFE: the connection stays open");
            }
        }
        try (Connection connection = application.connect()) {
            connection.send(request.script(1, 0xFF)).answer(1);
            return passIf(!connection.listen(Application.WHILE).isClosed(), "flags 0xFF: the connection is closed");
        }
    }

    private static Finding stdinInPieces(Application application) throws IOException {
        if (application.role() == AUTHORIZER) {
            return notApplicable("an Authorizer has no body");
        }
        Request request = application.post(300);
        Script script = new Script();
        for (FcgiRecord record : request.script(1, CLOSE).records()) {
            if (record.type() == STDIN && !record.isEmpty()) {
                for (byte b : record.content()) {
                    script.record(STDIN, 1, b);
                }
            } else {
                script.record(record);
            }
        }
        try (Connection connection = application.connect()) {
            return application.same(request, connection, connection.send(script).answer(1));
        }
    }

    private static Finding said(Application application, Request request, UnaryOperator<FcgiRecord> change)
            throws IOException {
        Script script = new Script();
        request.script(1, CLOSE).records().forEach(record -> script.record(change.apply(record)));
        try (Connection connection = application.connect()) {
            return application.same(request, connection, connection.send(script).answer(1));
        }
    }

    private static Finding encoded(Application application, Function<FcgiRecord, byte[]> encoding) throws IOException {
        Request request = application.get();
        try (Connection connection = application.connect().expect(1)) {
            for (FcgiRecord record : request.script(1, CLOSE).records()) {
                connection.raw(encoding.apply(record));
            }
            return application.same(request, connection, connection.answer(1));
        }
    }
}
