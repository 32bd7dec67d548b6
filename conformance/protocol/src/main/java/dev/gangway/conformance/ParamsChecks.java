package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.fail;
import static dev.gangway.conformance.Finding.pass;
import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.PARAMS;

import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Pairs.Pair;
import dev.gangway.conformance.record.Script;
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
                new Check("FCGI-33", "Values may have 127, 128, 255, 256 and 4000 bytes", ParamsChecks::longValues),
                new Check("FCGI-33", "Names may have 127, 128 and 200 bytes", ParamsChecks::longNames),
                new Check("FCGI-38", "Values may be empty", ParamsChecks::empty),
                new Check("FCGI-39", "The order of the pairs does not matter", ParamsChecks::reversed));
    }

    private static Finding longForm(Application application) throws IOException {
        Reference plain = application.reference();
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (Pair pair : pairs(plain.request())) {
            block.writeBytes(Pairs.longLength(pair.name().length()));
            block.writeBytes(Pairs.longLength(pair.value().length()));
            block.writeBytes(pair.name().getBytes(StandardCharsets.ISO_8859_1));
            block.writeBytes(pair.value().getBytes(StandardCharsets.ISO_8859_1));
        }
        return same(plain, begin(plain).stream(PARAMS, 1, block.toByteArray()));
    }

    private static Finding inPieces(Application application) throws IOException {
        Reference plain = application.reference(application.get().with("HTTP_X_LONG", "x".repeat(200)));
        Script script = begin(plain);
        for (byte b : plain.request().parameters().encode()) {
            script.record(PARAMS, 1, b);
        }
        return same(plain, script);
    }

    private static Finding reversed(Application application) throws IOException {
        Reference plain = application.reference();
        Pairs reversed = Pairs.of();
        List<Pair> pairs = pairs(plain.request());
        for (int i = pairs.size() - 1; i >= 0; i--) {
            reversed = reversed.and(pairs.get(i).name(), pairs.get(i).value());
        }
        return same(plain, begin(plain).params(1, reversed));
    }

    private static Finding longValues(Application application) throws IOException {
        Request request = application.get();
        for (int length : new int[] {127, 128, 255, 256, 4000}) {
            request = request.with("HTTP_X_" + length, "x".repeat(length));
        }
        return asWithout(application, request);
    }

    private static Finding longNames(Application application) throws IOException {
        Request request = application.get();
        for (int length : new int[] {127, 128, 200}) {
            request = request.with("HTTP_" + "X".repeat(length - 5), "x");
        }
        return asWithout(application, request);
    }

    private static Finding empty(Application application) throws IOException {
        Request request = application.get();
        for (String name : new String[] {"AUTH_TYPE", "REMOTE_IDENT", "CONTENT_TYPE", "CONTENT_LENGTH"}) {
            request = request.with(name, "");
        }
        return asWithout(application, request);
    }

    private static List<Pair> pairs(Request request) {
        return Pairs.decode(request.parameters().encode());
    }

    private static Script begin(Reference plain) {
        return new Script().begin(1, plain.request().role(), CLOSE);
    }

    private static Finding same(Reference plain, Script head) throws IOException {
        return plain.same(plain.request().rest(head, 1));
    }

    /** The status does not change by the further parameters; what the application makes of them is its own affair. */
    private static Finding asWithout(Application application, Request request) throws IOException {
        Answer without = application.reference().answer();
        Answer answer = application.plain(request);
        return answer.complete() && answer.status() == without.status()
                ? pass()
                : fail(answer.summary() + ", but " + without.summary() + " without them");
    }
}
