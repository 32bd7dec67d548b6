package dev.gangway.fcgi.output;

import dev.gangway.fcgi.cgi.ResponseWriter;
import dev.gangway.fcgi.record.ProtocolStatus;
import dev.gangway.fcgi.record.RecordHeader;
import dev.gangway.fcgi.record.RecordType;
import dev.gangway.fcgi.record.RecordWriter;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/**
 * A part of a response: its header block, or some of its body, or its end, or all of them at once.
 */
final class ResponsePart implements Outgoing {
    /**
     * The header block.
     *
     * @param fields    do not change any more
     * @param maxLength how many bytes it has at most
     */
    record Head(int status, HttpFields fields, int maxLength) {
        Head(int status, HttpFields fields) {
            this(status, fields, ResponseWriter.maxLength(status, fields));
        }
    }

    /** The end of the request: what STDERR and END_REQUEST say; the text may be empty. */
    record End(ByteBuffer stderr, int appStatus, ProtocolStatus status) {
        private static final End USUAL = new End(StderrText.NONE, 0, ProtocolStatus.REQUEST_COMPLETE);

        static End complete(ByteBuffer stderr) {
            return stderr == StderrText.NONE ? USUAL : new End(stderr, 0, ProtocolStatus.REQUEST_COMPLETE);
        }
    }

    /** The part has been given up; {@code application} fails together with the callback of the write. */
    private record Cancellation(Throwable cause, Callback application) {}

    private static final Object DONE = new Object();

    private final RequestOutput request;
    private Head head;
    private final ByteBuffer content;
    private final End end;
    private final Callback callback;
    /** Null while it waits, then a {@link Cancellation} or {@link #DONE}. */
    private final AtomicReference<Object> outcome = new AtomicReference<>();

    /**
     * @param request  the request
     * @param head     the header block, or null if it has been sent before
     * @param content  of the body, may be empty
     * @param end      the end of the request, or null if more will follow
     * @param callback completed when all has been written
     */
    ResponsePart(RequestOutput request, Head head, ByteBuffer content, End end, Callback callback) {
        this.request = request;
        this.head = head;
        this.content = content;
        this.end = end;
        this.callback = callback;
    }

    /**
     * Gives it up: it fails as soon as no write uses its memory.
     *
     * @param application fails then too
     * @return false if it is over already
     */
    boolean cancel(Throwable cause, Callback application) {
        return outcome.compareAndSet(null, new Cancellation(cause, application));
    }

    /** {@return whether it has neither been written nor failed nor been given up} */
    boolean isPending() {
        return outcome.get() == null;
    }

    @Override
    public boolean isCancelled() {
        return outcome.get() instanceof Cancellation;
    }

    @Override
    public int room() {
        return ROOM
                + (head == null ? 0 : head.maxLength())
                + (end == null ? 0 : end.stderr().remaining());
    }

    @Override
    public boolean encode(Gather gather) {
        ByteBuffer scratch = gather.scratch();
        int headerAt = scratch.position();
        int lead = encodeHead(scratch, headerAt);
        int part = Math.min(content.remaining(), Math.max(0, request.maxContent() - lead));
        if (lead + part > 0) {
            RecordWriter.header(scratch, headerAt, RecordType.STDOUT, request.id(), lead + part);
            scratch.position(headerAt + RecordHeader.LENGTH + lead);
            addContent(gather, part);
            RecordWriter.padding(scratch, lead + part);
        }
        if (content.hasRemaining()) {
            return false;
        }
        if (end != null) {
            encodeEnd(scratch);
        }
        return true;
    }

    @Override
    public void leaving() {
        if (end != null) {
            request.onEndEncoded();
        }
    }

    /** Writes the header block behind room for the record's header; returns its length. */
    private int encodeHead(ByteBuffer scratch, int headerAt) {
        if (head == null) {
            return 0;
        }
        int blockAt = headerAt + RecordHeader.LENGTH;
        scratch.position(blockAt);
        request.writeHead(scratch, head);
        if (!HttpStatus.isInterim(head.status())) {
            request.onHeadEncoded();
        }
        head = null;
        return scratch.position() - blockAt;
    }

    /** Small content is copied behind the header: that is cheaper than one more buffer to gather. */
    private void addContent(Gather gather, int length) {
        ByteBuffer scratch = gather.scratch();
        if (length <= scratch.remaining() - room()) {
            scratch.put(scratch.position(), content, content.position(), length);
            scratch.position(scratch.position() + length);
        } else {
            gather.add(content.slice(content.position(), length));
        }
        content.position(content.position() + length);
    }

    private void encodeEnd(ByteBuffer to) {
        int id = request.id();
        int errors = end.stderr().remaining();
        if (errors > 0) {
            RecordWriter.header(to, RecordType.STDERR, id, errors);
            to.put(end.stderr().duplicate());
            RecordWriter.padding(to, errors);
            RecordWriter.header(to, RecordType.STDERR, id, 0);
        }
        RecordWriter.header(to, RecordType.STDOUT, id, 0);
        RecordWriter.endRequest(to, id, end.appStatus(), end.status());
    }

    @Override
    public void left() {
        if (end != null) {
            request.onEndWritten();
        }
    }

    @Override
    public void succeeded() {
        if (outcome.getAndSet(DONE) instanceof Cancellation cancellation) {
            fail(cancellation);
        } else {
            callback.succeeded();
        }
    }

    @Override
    public void failed(Throwable cause) {
        if (outcome.getAndSet(DONE) instanceof Cancellation cancellation) {
            fail(cancellation);
        } else {
            callback.failed(cause);
        }
    }

    private void fail(Cancellation cancellation) {
        callback.failed(cancellation.cause());
        cancellation.application().failed(cancellation.cause());
    }

    @Override
    public boolean isLast() {
        return end != null;
    }

    @Override
    public InvocationType getInvocationType() {
        return outcome.get() instanceof Cancellation cancellation
                ? cancellation.application().getInvocationType()
                : callback.getInvocationType();
    }
}
