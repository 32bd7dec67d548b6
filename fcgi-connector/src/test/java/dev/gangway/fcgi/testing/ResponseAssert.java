package dev.gangway.fcgi.testing;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.record.FcgiNumbers;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;

/** What a test says of a {@link FcgiResponse}. */
public final class ResponseAssert extends AbstractAssert<ResponseAssert, FcgiResponse> {
    private ResponseAssert(FcgiResponse response) {
        super(response, ResponseAssert.class);
    }

    public static ResponseAssert assertThat(FcgiResponse response) {
        return new ResponseAssert(response);
    }

    public ResponseAssert hasStatus(int status) {
        return check("status", actual.status(), status);
    }

    public ResponseAssert hasBody(String text) {
        return check("body", actual.text(), text);
    }

    /** Says that the response has this field once. */
    public ResponseAssert hasField(String name, String value) {
        return check(name, actual.header().one(name), value);
    }

    public ResponseAssert hasNoField(String name) {
        return check(name, actual.header().all(name).size(), 0);
    }

    /** Says that the request ended as one that was served. */
    public ResponseAssert isComplete() {
        return endedWith(0, FcgiNumbers.REQUEST_COMPLETE).hasStderr("");
    }

    public ResponseAssert endedWith(int appStatus, int protocolStatus) {
        return check("appStatus", actual.appStatus(), appStatus)
                .check("protocolStatus", actual.protocolStatus(), protocolStatus);
    }

    public ResponseAssert hasStderr(String text) {
        return check("STDERR", actual.stderr(), text);
    }

    private ResponseAssert check(String what, Object got, Object wanted) {
        if (!Objects.equals(got, wanted)) {
            failWithMessage("%s of request %s:%n  want %s%n  got  %s%n%s", what, actual.id(), wanted, got, actual);
        }
        return this;
    }
}
