package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.*;
import static dev.gangway.conformance.peer.FcgiNumbers.*;

import dev.gangway.conformance.peer.Pairs;
import dev.gangway.conformance.peer.Pairs.Pair;
import dev.gangway.conformance.peer.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** However the parameters are encoded, they are the same parameters. */
final class ParamsChecks {
    private ParamsChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("FCGI-34", "Short names and values may have lengths of four bytes", ParamsChecks::longForm),
                new Check("FCGI-35", "Pairs may be cut anywhere: PARAMS records of one byte", ParamsChecks::inPieces),
                new Check("FCGI-33", "Values of 127, 128, 255, 256 and 4000 bytes arrive", ParamsChecks::lengths),
                new Check("FCGI-33", "A name of 200 bytes arrives", ParamsChecks::longName),
                new Check("FCGI-38", "Values may be empty", ParamsChecks::empty),
                new Check("FCGI-39", "The order of the pairs does not matter", ParamsChecks::order));
    }

    private static Finding longForm(Application application) throws IOException {
        Request request = application.get();
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (Pair pair : Pairs.decode(request.parameters().encode())) {
            block.writeBytes(Pairs.longLength(pair.name().length()));
            block.writeBytes(Pairs.longLength(pair.value().length()));
            block.writeBytes(pair.name().getBytes(StandardCharsets.ISO_8859_1));
            block.writeBytes(pair.value().getBytes(StandardCharsets.ISO_8859_1));
        }
        return same(application, request, new Script().stream(PARAMS, 1, block.toByteArray()));
    }

    private static Finding inPieces(Application application) throws IOException {
        Request request = application.get().with("HTTP_X_LONG", "x".repeat(200));
        Script params = new Script();
        for (byte b : request.parameters().encode()) {
            params.record(PARAMS, 1, b);
        }
        return same(application, request, params);
    }

    private static Finding lengths(Application application) throws IOException {
        Request request = application.get();
        for (int length : new int[] {127, 128, 255, 256, 4000}) {
            request = request.with("HTTP_X_" + length, "x".repeat(length));
        }
        return asWithout(application, request);
    }

    private static Finding longName(Application application) throws IOException {
        return asWithout(application, application.get().with("HTTP_" + "X".repeat(195), "x"));
    }

    private static Finding empty(Application application) throws IOException {
        Request request = application
                .get()
                .with("AUTH_TYPE", "")
                .with("REMOTE_IDENT", "")
                .with("CONTENT_TYPE", "")
                .with("CONTENT_LENGTH", "");
        return asWithout(application, request);
    }

    private static Finding order(Application application) throws IOException {
        Request request = application.get();
        Pairs reversed = Pairs.of();
        List<Pair> pairs = Pairs.decode(request.parameters().encode());
        for (int i = pairs.size() - 1; i >= 0; i--) {
            reversed = reversed.and(pairs.get(i).name(), pairs.get(i).value());
        }
        return same(application, request, new Script().params(1, reversed));
    }

    private static Finding same(Application application, Request request, Script params) throws IOException {
        Script script = new Script().begin(1, request.role(), CLOSE);
        params.records().forEach(script::record);
        request.input(script.paramsEnd(1), 1);
        try (Connection connection = application.connect()) {
            return application.same(request, connection, connection.send(script).answer(1));
        }
    }

    /** The status is the same with the further parameters; what the application makes of them is its own affair. */
    private static Finding asWithout(Application application, Request request) throws IOException {
        Answer answer = application.plain(request);
        if (!answer.complete()) {
            return fail(answer.summary());
        }
        Answer without = application.plain(application.get());
        return passIf(
                answer.status() == without.status(), answer.summary() + ", but " + without.summary() + " without them");
    }
}
