package dev.gangway.fcgi.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gangway.fcgi.cgi.HeadLimit;
import dev.gangway.fcgi.cgi.ResponseWriter;
import dev.gangway.fcgi.record.ProtocolStatus;
import dev.gangway.fcgi.record.RecordHeader;
import dev.gangway.fcgi.record.RecordWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/**
 * The output side of one request: hands its response to the flusher, and makes sure that it ends exactly once. One
 * thread at a time sends; the flusher reports its progress on any thread.
 */
public class RequestOutput {
    /** A body of more bytes is long: aborts and other requests are looked for meanwhile. */
    private static final long LONG_BODY = 1024 * 1024;

    /**
     * How long a record may be where requests share a connection: a small answer does not wait long behind a large one,
     * and HAProxy 2.6, with a buffer of 16 KiB, crashes on longer ones.
     */
    private static final int SHARED_CONTENT = 8 * 1024 - RecordHeader.LENGTH;

    private static final HttpFields TEXT = HttpFields.build()
            .put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8")
            .asImmutable();

    /** How much of the response has reached a stage; it only ever grows. */
    private enum Progress {
        NOTHING,
        /** The header block, and perhaps some of the body. */
        HEAD,
        /** Everything, or it is lost. */
        ALL
    }

    /** How much of the response may be sent. */
    private enum Form {
        WHOLE,
        /** No body, whatever the application sends, as for HEAD. */
        HEAD,
        /** Not even headers, since the request may have been HEAD. */
        STATUS
    }

    private final int id;
    private final FcgiFlusher flusher;
    private final HeadLimit headLimit;
    private final OutputEvents events;
    /** How much has been handed over to be written. */
    private final AtomicReference<Progress> committed = new AtomicReference<>(Progress.NOTHING);
    /** How much has been encoded: it will be written, or the connection ends. */
    private final AtomicReference<Progress> encoded = new AtomicReference<>(Progress.NOTHING);

    private volatile ResponsePart sending;
    /** Why Jetty has given up a part; kept until the next part comes, which may be the one that it meant. */
    private volatile Throwable cancelled;

    /** Why the response has failed, which may be while the application is still at it; null if it has not. */
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** Why the header block could not be sent; null if it could, or has not come yet. */
    private Throwable headRefused;

    private Form form = Form.WHOLE;
    private boolean bodyless;
    /** How many bytes of the announced body are still to be sent; negative if none was announced. */
    private long bodyLeft = -1;

    private long bodySent;

    /**
     * @param id        of the request
     * @param headLimit how long its header block may be
     */
    public RequestOutput(int id, FcgiFlusher flusher, HeadLimit headLimit, OutputEvents events) {
        this.id = id;
        this.flusher = flusher;
        this.headLimit = headLimit;
        this.events = events;
    }

    final int id() {
        return id;
    }

    /** {@return how much content a record may have, in bytes} */
    final int maxContent() {
        return events.sharing() == Sharing.EXCLUSIVE ? RecordWriter.MAX_CONTENT : SHARED_CONTENT;
    }

    /** Writes a header block, by {@link ResponseWriter}. */
    void writeHead(ByteBuffer to, ResponsePart.Head head) {
        ResponseWriter.write(to, head.status(), head.fields());
    }

    /** Hands something over to be written. */
    void submit(Outgoing output) {
        if (output.isLast()) {
            committed.set(Progress.ALL);
        }
        flusher.submit(output);
    }

    /** Fails what was handed over and has been cancelled, unless it is being written. */
    void remove(ResponsePart output, Throwable cause) {
        flusher.remove(output, cause);
    }

    /** {@return whether something waits for the end of STDIN} */
    public boolean isHolding() {
        return false;
    }

    /** The end of STDIN has come, or will not be waited for any longer. */
    public void onStdinEnd() {}

    /** Leaves out the body, whatever is sent, as for HEAD. */
    public void setBodyless() {
        form = Form.HEAD;
    }

    /** Reduces the response to its status, since the request may have been HEAD. */
    public void setBare() {
        form = Form.STATUS;
    }

    /** {@return whether the response has been handed over, at least its header block} */
    public boolean isCommitted() {
        return committed.get() != Progress.NOTHING;
    }

    /** {@return whether the application waits for a part to be written} */
    public boolean isWriting() {
        ResponsePart part = sending;
        return part != null && part.isPending();
    }

    final void setCommitted() {
        committed.compareAndSet(Progress.NOTHING, Progress.HEAD);
    }

    /** {@return whether its end has been handed over to be written} */
    public boolean isComplete() {
        return committed.get() == Progress.ALL;
    }

    /** {@return whether END_REQUEST has been encoded, or never will be} */
    public boolean isEnded() {
        return encoded.get() == Progress.ALL;
    }

    /**
     * Sends a part of the response.
     *
     * @param response the header block, or null if it has been sent before
     * @param stderr   for STDERR, if it is the last part
     */
    public void send(
            MetaData.Response response, boolean last, ByteBuffer content, ByteBuffer stderr, Callback callback) {
        ResponsePart.Head head = null;
        if (response != null) {
            head = new ResponsePart.Head(
                    response.getStatus(), form == Form.STATUS ? HttpFields.EMPTY : response.getHttpFields());
            headRefused = headLimit.excess(head.maxLength());
            bodyless = form != Form.WHOLE
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
        ResponsePart.End end = last ? ResponsePart.End.complete(stderr) : null;
        ResponsePart output = new ResponsePart(this, head, body, end, callback);
        if (!mayWrite(output)) {
            return;
        }
        if (unfit != null) {
            output.failed(unfit);
            return;
        }
        committed.compareAndSet(Progress.NOTHING, Progress.HEAD);
        submit(output);
        if (!last && bodySent > LONG_BODY) {
            events.onLongResponse();
        }
    }

    /** Sends the header block of an interim response. */
    public void sendInterim(MetaData.Response response, Callback callback) {
        HttpFields fields = response.getHttpFields().asImmutable();
        ResponsePart.Head head = new ResponsePart.Head(response.getStatus(), fields);
        ResponsePart output = new ResponsePart(this, head, BufferUtil.EMPTY_BUFFER, null, callback);
        if (!mayWrite(output)) {
            return;
        }
        Throwable unfit = headLimit.excess(head.maxLength());
        if (unfit == null) {
            submit(output);
        } else {
            output.failed(unfit);
        }
    }

    /** Notes what is to be written, and fails it if it is given up already: its memory may be in other use now. */
    private boolean mayWrite(ResponsePart output) {
        sending = output;
        Throwable cause = failure.get() == null ? cancelled : failure.get();
        if (cause == null) {
            return true;
        }
        cancelled = null;
        output.failed(cause);
        return false;
    }

    /** See {@link org.eclipse.jetty.server.HttpStream#cancelSend}. */
    public Runnable cancel(Throwable cause, Callback application) {
        cancelled = cause;
        ResponsePart output = sending;
        return () -> {
            if (output != null && output.cancel(cause, application)) {
                remove(output, cause);
            } else {
                application.failed(cause);
            }
        };
    }

    /** Answers without the application. */
    public void refuse(int httpStatus, ProtocolStatus status) {
        submit(end(
                new ResponsePart.Head(httpStatus, HttpFields.EMPTY), new ResponsePart.End(StderrText.NONE, 0, status)));
    }

    /**
     * Ends a response that has failed so that nobody takes it for complete. Nothing follows, though another thread may
     * send.
     *
     * @param httpStatus for the client, unless a header block has left already
     * @param text       for the client likewise, may be empty
     * @param aborted    whether the web server has given the request up, so that it knows
     */
    public void fail(int httpStatus, String text, Throwable cause, boolean aborted) {
        // It fails once. What is sent from here on sees that, or is seen and given up below.
        if (isEnded() || !failure.compareAndSet(null, cause)) {
            return;
        }
        if (encoded.get() == Progress.HEAD && isBrokenOff(aborted) && flusher.isWriting()) {
            // Nothing gets through before that write is over.
            onEndLost();
            events.breakOff();
            return;
        }
        giveUp(sending, cause);
        submit(new FailedEnd(() -> failedEnd(httpStatus, text, cause, aborted), this::onEndLost));
    }

    /** Lets nothing more of a part leave, so that nothing follows the end. */
    private void giveUp(ResponsePart output, Throwable cause) {
        if (output != null && output.cancel(cause, Callback.NOOP)) {
            remove(output, cause);
        }
    }

    private Outgoing failedEnd(int httpStatus, String text, Throwable cause, boolean aborted) {
        if (isEnded()) {
            return Outgoing.NOTHING;
        }
        if (encoded.get() == Progress.NOTHING) {
            // Never an end without a header block: some web servers take that for success.
            return text.isEmpty() || form != Form.WHOLE
                    ? end(new ResponsePart.Head(httpStatus, HttpFields.EMPTY), failure(StderrText.NONE))
                    : end(new ResponsePart.Head(httpStatus, TEXT), UTF_8.encode(text), failure(StderrText.NONE));
        }
        if (isBrokenOff(aborted)) {
            return new Outgoing.Broken(id(), () -> {
                onEndLost();
                events.breakOff();
            });
        }
        return end(null, failure(aborted ? StderrText.NONE : StderrText.of(cause)));
    }

    /** {@return whether the connection ends with it: no other request suffers, and the web server must notice} */
    private boolean isBrokenOff(boolean aborted) {
        return !aborted && events.sharing() != Sharing.MULTIPLEXED;
    }

    private static ResponsePart.End failure(ByteBuffer stderr) {
        return new ResponsePart.End(stderr, 1, ProtocolStatus.REQUEST_COMPLETE);
    }

    private ResponsePart end(ResponsePart.Head head, ResponsePart.End end) {
        return end(head, BufferUtil.EMPTY_BUFFER, end);
    }

    private ResponsePart end(ResponsePart.Head head, ByteBuffer content, ResponsePart.End end) {
        Callback afterwards = Callback.from(InvocationType.NON_BLOCKING, () -> {}, failure -> onEndLost());
        return new ResponsePart(this, head, content, end, afterwards);
    }

    // ---- told by the flusher ----

    void onHeadEncoded() {
        encoded.compareAndSet(Progress.NOTHING, Progress.HEAD);
    }

    void onEndEncoded() {
        encoded.set(Progress.ALL);
        events.onEndEncoded();
    }

    void onEndWritten() {
        events.onEndWritten();
    }

    /** The connection is lost, so that the request cannot end properly. */
    private void onEndLost() {
        if (encoded.getAndSet(Progress.ALL) != Progress.ALL) {
            events.onEndLost();
        }
    }

    /**
     * The end of a response that has failed. Its form depends on whether a header block has left before it, which is
     * known only when its turn comes.
     */
    private static final class FailedEnd implements Outgoing {
        private final Supplier<Outgoing> decision;
        private final Runnable lost;
        /** Null until its turn comes. */
        private Outgoing decided;

        /**
         * @param decision asked once, when everything before it has been encoded
         * @param lost     run if it will never be written
         */
        FailedEnd(Supplier<Outgoing> decision, Runnable lost) {
            this.decision = decision;
            this.lost = lost;
        }

        @Override
        public int room() {
            if (decided == null) {
                decided = decision.get();
            }
            return decided.room();
        }

        @Override
        public boolean encode(Gather gather) {
            return decided.encode(gather);
        }

        @Override
        public void leaving() {
            decided.leaving();
        }

        @Override
        public void left() {
            decided.left();
        }

        @Override
        public void succeeded() {
            decided.succeeded();
        }

        @Override
        public void failed(Throwable cause) {
            lost.run();
        }
    }
}
