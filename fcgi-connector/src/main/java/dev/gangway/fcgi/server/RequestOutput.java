package dev.gangway.fcgi.server;

import dev.gangway.fcgi.cgi.ResponseWriter;
import dev.gangway.fcgi.record.ProtocolStatus;
import dev.gangway.fcgi.record.RecordWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/**
 * The output side of one request: hands its response to the flusher, and sees to it that it ends exactly once. One
 * thread at a time sends; the flusher tells on any thread how far it is.
 */
class RequestOutput {
    /** From that many bytes on a response is long, so that aborts and other requests are looked for meanwhile. */
    private static final long LONG_BODY = 1024 * 1024;

    /**
     * How long a record may be where requests share a connection: a small answer does not wait long behind a large one,
     * and HAProxy 2.6, with a buffer of 16 KiB, crashes on longer ones.
     */
    private static final int SHARED_CONTENT = 8 * 1024 - RecordWriter.HEADER_LENGTH;

    private final FcgiConnection connection;
    private final FcgiStream stream;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean committed;
    private volatile boolean headEncoded;
    private volatile boolean complete;
    private volatile StdoutOutput sending;
    /** Why Jetty has given up a part, until the one that it may have meant is known. */
    private volatile Throwable cancelled;

    /** Why the header block could not be sent; null if it could, or has not come yet. */
    private Throwable headRefused;

    private boolean neverBody;
    private boolean bodyless;
    private boolean bare;
    /** How many bytes of the announced body are still to be sent; negative if none was announced. */
    private long bodyLeft = -1;

    private long bodySent;

    RequestOutput(FcgiConnection connection, FcgiStream stream) {
        this.connection = connection;
        this.stream = stream;
    }

    final int id() {
        return stream.id();
    }

    /** {@return how much content a record may have, in bytes} */
    final int maxContent() {
        return connection.mayMultiplex() ? SHARED_CONTENT : RecordWriter.MAX_CONTENT;
    }

    /** Writes a header block, as {@link ResponseWriter} says. */
    void writeHead(ByteBuffer to, StdoutOutput.Head head) {
        ResponseWriter.write(to, head.status(), head.fields());
    }

    /** Hands something over to be written. */
    void submit(Output output) {
        if (output.isLast()) {
            complete = true;
        }
        connection.flusher().submit(output);
    }

    /** Fails what was handed over and has been cancelled, unless it is being written. */
    void remove(StdoutOutput output, Throwable cause) {
        connection.flusher().remove(output, cause);
    }

    /** {@return whether something waits for the end of STDIN} */
    boolean isHolding() {
        return false;
    }

    /** The end of STDIN has come, or will not be waited for any longer. */
    void onStdinEnd() {}

    /** The response has no body whatever is sent, as that to HEAD. */
    void setBodyless() {
        neverBody = true;
    }

    /** The response is its status alone, as that to somebody of whom it is not known whether HEAD was asked. */
    void setBare() {
        neverBody = true;
        bare = true;
    }

    /** {@return whether the response has been handed over, at least its header block} */
    boolean isCommitted() {
        return committed;
    }

    /** {@return whether the application waits for a part to be written} */
    boolean isWriting() {
        StdoutOutput part = sending;
        return part != null && part.isPending();
    }

    final void setCommitted() {
        committed = true;
    }

    /** {@return whether its end has been handed over to be written} */
    boolean isComplete() {
        return complete;
    }

    /** {@return whether END_REQUEST has left, or never will} */
    boolean isEnded() {
        return ended.get();
    }

    /**
     * Sends a part of the response.
     *
     * @param response the header block, or null if it has been sent before
     * @param stderr   for STDERR, if it is the last part
     */
    void send(MetaData.Response response, boolean last, ByteBuffer content, ByteBuffer stderr, Callback callback) {
        StdoutOutput.Head head = null;
        if (response != null) {
            head = new StdoutOutput.Head(response.getStatus(), bare ? HttpFields.EMPTY : response.getHttpFields());
            headRefused = connection.headLimit().excess(head);
            bodyless = neverBody
                    || response.getStatus() == HttpStatus.NO_CONTENT_204
                    || response.getStatus() == HttpStatus.NOT_MODIFIED_304;
            bodyLeft = bodyless ? -1 : response.getContentLength();
        }
        // Without its header block nothing of a response may leave.
        Throwable unfit = headRefused;
        if (bodyLeft >= 0) {
            bodyLeft -= BufferUtil.length(content);
            if (last && bodyLeft > 0 && unfit == null) {
                unfit = new IOException("the body ends " + bodyLeft + " bytes short of its Content-Length");
            }
        }
        ByteBuffer body = content == null || bodyless ? BufferUtil.EMPTY_BUFFER : content.slice();
        if (content != null) {
            content.position(content.limit());
        }
        bodySent += body.remaining();
        StdoutOutput.End end = last ? new StdoutOutput.End(stderr, 0, ProtocolStatus.REQUEST_COMPLETE) : null;
        StdoutOutput output = new StdoutOutput(this, head, body, end, callback);
        if (!mayWrite(output)) {
            return;
        }
        if (unfit != null) {
            output.failed(unfit);
            return;
        }
        committed = true;
        submit(output);
        if (!last && bodySent > LONG_BODY) {
            connection.reader().letSelectorRead();
        }
    }

    /** Sends a header block that is not the one of the response. */
    void sendInterim(MetaData.Response response, Callback callback) {
        HttpFields fields = response.getHttpFields().asImmutable();
        StdoutOutput.Head head = new StdoutOutput.Head(response.getStatus(), fields);
        StdoutOutput output = new StdoutOutput(this, head, BufferUtil.EMPTY_BUFFER, null, callback);
        if (!mayWrite(output)) {
            return;
        }
        Throwable unfit = connection.headLimit().excess(head);
        if (unfit == null) {
            submit(output);
        } else {
            output.failed(unfit);
        }
    }

    /** Notes what is to be written, and fails it if it is given up already: its memory may be in other use by then. */
    private boolean mayWrite(StdoutOutput output) {
        sending = output;
        Throwable cause = cancelled;
        if (cause == null) {
            return true;
        }
        cancelled = null;
        output.failed(cause);
        return false;
    }

    /** See {@link org.eclipse.jetty.server.HttpStream#cancelSend}. */
    Runnable cancel(Throwable cause, Callback application) {
        cancelled = cause;
        StdoutOutput output = sending;
        return () -> {
            if (output != null && output.cancel(cause, application)) {
                remove(output, cause);
            } else {
                application.failed(cause);
            }
        };
    }

    /** Answers without the application. */
    void refuse(int httpStatus, ProtocolStatus status) {
        submit(end(
                new StdoutOutput.Head(httpStatus, HttpFields.EMPTY), new StdoutOutput.End(StderrText.NONE, 0, status)));
    }

    /**
     * Ends a response that has failed so that nobody takes it for complete.
     *
     * @param aborted whether the web server has given it up and knows
     */
    void fail(Throwable cause, boolean aborted) {
        if (ended.get()) {
            return;
        }
        if (headEncoded && isBrokenOff(aborted) && connection.flusher().isWriting()) {
            // Nothing gets through before that write is over.
            onEndLost();
            connection.breakOff();
            return;
        }
        giveUp(sending, cause);
        submit(new FailedEnd(() -> failedEnd(cause, aborted), this::onEndLost));
    }

    /** Nothing of it leaves any more, so that the end is not followed by anything. */
    private void giveUp(StdoutOutput output, Throwable cause) {
        if (output != null && output.cancel(cause, Callback.NOOP)) {
            remove(output, cause);
        }
    }

    private Output failedEnd(Throwable cause, boolean aborted) {
        if (ended.get()) {
            return Output.NOTHING;
        }
        if (!headEncoded) {
            // Never an end without a header block: some web servers take that for success.
            return end(
                    new StdoutOutput.Head(HttpStatus.INTERNAL_SERVER_ERROR_500, HttpFields.EMPTY),
                    failure(StderrText.NONE));
        }
        if (isBrokenOff(aborted)) {
            return new Output.Broken(id(), () -> {
                onEndLost();
                connection.breakOff();
            });
        }
        return end(null, failure(aborted ? StderrText.NONE : StderrText.of(cause)));
    }

    /** {@return whether its end is that of the connection: no other request suffers, and the web server is to notice} */
    private boolean isBrokenOff(boolean aborted) {
        return !aborted && !connection.isMultiplexed();
    }

    private static StdoutOutput.End failure(ByteBuffer stderr) {
        return new StdoutOutput.End(stderr, 1, ProtocolStatus.REQUEST_COMPLETE);
    }

    private StdoutOutput end(StdoutOutput.Head head, StdoutOutput.End end) {
        Callback afterwards = Callback.from(InvocationType.NON_BLOCKING, () -> {}, failure -> onEndLost());
        return new StdoutOutput(this, head, BufferUtil.EMPTY_BUFFER, end, afterwards);
    }

    // ---- told by the flusher ----

    /** From here on the header block will leave, or the connection will not live. */
    void onHeadEncoded() {
        headEncoded = true;
    }

    /** From here on the web server may reuse the id. */
    void onEndEncoded() {
        ended.set(true);
        connection.onEndEncoded(stream);
    }

    void onEndWritten() {
        connection.onEndWritten(stream);
    }

    /** The connection is lost, so that the request cannot end properly. */
    private void onEndLost() {
        if (ended.compareAndSet(false, true)) {
            connection.onEnded(stream);
        }
    }
}
