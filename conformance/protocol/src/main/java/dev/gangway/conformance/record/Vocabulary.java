package dev.gangway.conformance.record;

import static dev.gangway.conformance.record.FcgiNumbers.ABORT_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.BEGIN_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.DATA;
import static dev.gangway.conformance.record.FcgiNumbers.GET_VALUES;
import static dev.gangway.conformance.record.FcgiNumbers.MAX_CONTENT;
import static dev.gangway.conformance.record.FcgiNumbers.PARAMS;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.conformance.record.FcgiNumbers.STDIN;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a web server can say, one method for each kind of record.
 *
 * @param <S> the speaker itself
 */
public interface Vocabulary<S extends Vocabulary<S>> {
    /** Says one record; all other methods come down to this one. */
    S record(FcgiRecord record);

    S self();

    default S record(int type, int id, byte... content) {
        return record(FcgiRecord.of(type, id, content));
    }

    default S begin(int id, int role, int flags) {
        return record(
                BEGIN_REQUEST,
                id,
                ByteBuffer.allocate(8).putShort((short) role).put((byte) flags).array());
    }

    /** Says these pairs, in as many records as their size needs, without the end of the stream. */
    default S params(int id, Pairs pairs) {
        return stream(PARAMS, id, pairs.encode());
    }

    default S params(int id, String... namesAndValues) {
        return params(id, Pairs.of(namesAndValues));
    }

    default S paramsEnd(int id) {
        return record(PARAMS, id);
    }

    default S stdin(int id, byte[] bytes) {
        return stream(STDIN, id, bytes);
    }

    default S stdin(int id, String text) {
        return stdin(id, text.getBytes(StandardCharsets.UTF_8));
    }

    default S stdinEnd(int id) {
        return record(STDIN, id);
    }

    default S data(int id, byte[] bytes) {
        return stream(DATA, id, bytes);
    }

    default S dataEnd(int id) {
        return record(DATA, id);
    }

    default S abort(int id) {
        return record(ABORT_REQUEST, id);
    }

    default S getValues(String... names) {
        Pairs question = Pairs.of();
        for (String name : names) {
            question = question.and(name, "");
        }
        return record(GET_VALUES, 0, question.encode());
    }

    /** Says the beginning of a request for a responder, up to the end of its PARAMS. */
    default S open(int id, int flags, Pairs pairs) {
        return begin(id, RESPONDER, flags).params(id, pairs).paramsEnd(id);
    }

    /** Says a whole request without a body. */
    default S get(int id, int flags, String uri) {
        return request(id, flags, Pairs.get(uri), new byte[0]);
    }

    /** Says a whole request with a body of known length. */
    default S post(int id, int flags, String uri, byte[] body) {
        return request(id, flags, Pairs.post(uri, body.length), body);
    }

    /** Says a whole request for a responder. */
    default S request(int id, int flags, Pairs pairs, byte[] body) {
        return open(id, flags, pairs).stdin(id, body).stdinEnd(id);
    }

    /** Says bytes of a stream in as few records as they fit in; none for no bytes. */
    default S stream(int type, int id, byte[] bytes) {
        for (int from = 0; from < bytes.length; from += MAX_CONTENT) {
            record(type, id, Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + MAX_CONTENT)));
        }
        return self();
    }
}
