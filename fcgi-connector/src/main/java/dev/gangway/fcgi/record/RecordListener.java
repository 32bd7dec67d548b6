package dev.gangway.fcgi.record;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a {@link RecordParser} has found. Whether a request id is active is for the listener to know.
 *
 * <p>A method may throw {@link ConnectionError} to end the parsing for good.
 */
public interface RecordListener {
    /**
     * BEGIN_REQUEST.
     *
     * @param id       1 to 65535
     * @param role     the number of the role as received, 0 to 65535
     * @param keepConn whether the connection stays open after this request
     */
    void onBeginRequest(int id, int role, boolean keepConn) throws ConnectionError;

    /**
     * ABORT_REQUEST.
     *
     * @param id 1 to 65535
     */
    void onAbortRequest(int id);

    /**
     * A part of PARAMS, STDIN or DATA, cut anywhere.
     *
     * @param stream  which of them
     * @param id      1 to 65535
     * @param content not empty; a view on the parsed buffer, valid during the call unless the buffer is kept
     */
    void onContent(RecordType stream, int id, ByteBuffer content) throws ConnectionError;

    /**
     * The end of PARAMS, STDIN or DATA.
     *
     * @param stream which of them
     * @param id     1 to 65535
     */
    void onEnd(RecordType stream, int id) throws ConnectionError;

    /**
     * GET_VALUES.
     *
     * @param names the names that are asked for, in order
     */
    void onGetValues(List<String> names) throws ConnectionError;

    /**
     * A management record of a type that the specification does not know.
     *
     * @param type its number
     */
    void onUnknownManagement(int type) throws ConnectionError;

    /**
     * A record that no web server may send for an active request: a management type with a request id, or a type that
     * only applications send. Its content is skipped.
     *
     * @param type its type
     * @param id   1 to 65535
     */
    void onMisplaced(RecordType type, int id) throws ConnectionError;
}
