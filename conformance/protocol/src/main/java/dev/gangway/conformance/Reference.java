package dev.gangway.conformance;

import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;

import dev.gangway.conformance.record.Script;
import java.io.IOException;

/**
 * A request, and its answer when it is said plainly, to compare others with.
 *
 * <p>It was answered on a connection that is closed by now: some applications serve one connection at a time.
 *
 * @param steady whether the request gets the same body each time
 */
record Reference(Application application, Request request, Answer answer, boolean steady) {
    /** Says the same in another way on a new connection, and compares. */
    Finding same(Script script) throws IOException {
        try (Connection connection = application.connect()) {
            return same(connection, connection.send(script).answer(1));
        }
    }

    /** Says the request plainly as the last one on a connection, and compares. */
    Finding sameOn(Connection connection) {
        return same(connection, connection.send(request.script(1, CLOSE)).answer(1));
    }

    /** {@return a pass if another answer is the same, and nothing else has come on its connection} */
    Finding same(Connection connection, Answer other) {
        if (!connection.strays().isEmpty()) {
            return Finding.fail("unexpected record: " + connection.strays().get(0));
        }
        return same(other);
    }

    /** {@return a pass if another answer is the same} */
    Finding same(Answer other) {
        if (!other.complete()) {
            return Finding.fail(other.summary());
        }
        if (other.status() != answer.status()) {
            return Finding.fail(other.summary() + ", but " + answer.summary() + " if said plainly");
        }
        return Finding.passIf(!steady || other.body().equals(answer.body()), "another body than if it is said plainly");
    }
}
