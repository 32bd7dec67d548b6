package dev.gangway.fcgi.request;

import dev.gangway.fcgi.cgi.CgiRequest;
import dev.gangway.fcgi.cgi.RejectedRequest;
import dev.gangway.fcgi.cgi.RequestParams;
import dev.gangway.fcgi.cgi.TlsSession;
import dev.gangway.fcgi.incident.Incident;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/** Hands a request over to Jetty. */
final class RequestStart {
    private final ConnectionServices connection;
    private final HttpStream stream;
    private final long beginNanos;
    private final boolean keepConn;
    private final Consumer<HttpFields> onHandling;

    /**
     * A request as Jetty knows it.
     *
     * @param request what it asks for
     * @param facts   what the web server has said; null if the request is rejected
     * @param channel runs it
     * @param task    waits for a thread, or has run
     */
    record Dispatched(CgiRequest request, WebServerRequest facts, RequestChannel channel, HandlerTask task) {
        HttpChannel http() {
            return channel.channel();
        }
    }

    /**
     * @param stream     is what the channel reads and writes
     * @param beginNanos when it began
     * @param onHandling gets the header fields of the response just before the application runs
     */
    RequestStart(
            ConnectionServices connection,
            HttpStream stream,
            long beginNanos,
            boolean keepConn,
            Consumer<HttpFields> onHandling) {
        this.connection = connection;
        this.stream = stream;
        this.beginNanos = beginNanos;
        this.keepConn = keepConn;
        this.onHandling = onHandling;
    }

    /**
     * Has the application answer.
     *
     * @param facts what the web server has said
     * @param run   runs the handlers, unless the request has been given up
     */
    Dispatched application(CgiRequest asked, WebServerRequest facts, Consumer<Runnable> run) {
        RequestChannel channel = channelFor(asked);
        HttpChannel http = channel.channel();
        Runnable task = http.onRequest(new ReceivedMetaData(beginNanos, asked));
        RequestAttributes.set(
                http.getRequest(), facts, connection.configuration().getAttributes());
        if (asked.secure()) {
            RequestAttributes.setTls(http.getRequest(), new TlsSession(facts.received(), reason -> connection
                    .incidents()
                    .on(
                            Incident.CERTIFICATE,
                            "{}: the client's certificate cannot be read and is left out: {}",
                            connection.peer(),
                            reason)));
        }
        return new Dispatched(
                asked,
                facts,
                channel,
                new HandlerTask(connection, Invocable.getInvocationType(task), () -> run.accept(task)));
    }

    /**
     * Has the container's error page answer.
     *
     * @param run runs the handlers, unless the request has been given up
     */
    Dispatched errorPage(CgiRequest rejected, Throwable failure, Consumer<Runnable> run) {
        RequestChannel channel = channelFor(rejected);
        HttpChannel http = channel.channel();
        http.onRequest(new ReceivedMetaData(beginNanos, rejected));
        return new Dispatched(
                rejected,
                null,
                channel,
                new HandlerTask(
                        connection,
                        Invocable.InvocationType.BLOCKING,
                        () -> run.accept(() -> answer(http.onFailure(failure)))));
    }

    /** The request is answered without Jetty, which writes its line in the access log nevertheless. */
    void refused(RequestParams known, int httpStatus) {
        RequestLog log = connection.connector().getServer().getRequestLog();
        if (log == null) {
            return;
        }
        CgiRequest refused = RejectedRequest.of(known);
        // Not taken from the connection, since it is not completed and cannot be used again.
        RequestChannel channel = RequestChannel.of(connection);
        channel.metaData().set(refused, keepConn, onHandling);
        channel.channel().setHttpStream(stream);
        channel.channel().onRequest(new ReceivedMetaData(beginNanos, refused));
        log.log(
                channel.channel().getRequest(),
                new RefusedResponse(channel.channel().getRequest(), httpStatus));
    }

    private RequestChannel channelFor(CgiRequest known) {
        RequestChannel channel = connection.takeChannel();
        channel.metaData().set(known, keepConn, onHandling);
        channel.channel().setHttpStream(stream);
        return channel;
    }

    private static void answer(Runnable errorPage) {
        if (errorPage != null) {
            errorPage.run();
        }
    }

    /** The web server has answered {@code Expect: 100-continue} itself. */
    private static final class ReceivedMetaData extends MetaData.Request {
        ReceivedMetaData(long beginNanos, CgiRequest request) {
            super(
                    beginNanos,
                    request.method(),
                    request.uri(),
                    request.version(),
                    request.fields(),
                    request.contentLength());
        }

        @Override
        public boolean is100ContinueExpected() {
            return false;
        }
    }

    /** What a request log asks of a response, which the connector has sent itself. */
    private record RefusedResponse(Request request, int httpStatus) implements Response {
        @Override
        public Request getRequest() {
            return request;
        }

        @Override
        public int getStatus() {
            return httpStatus;
        }

        @Override
        public HttpFields.Mutable getHeaders() {
            return HttpFields.build();
        }

        @Override
        public Supplier<HttpFields> getTrailersSupplier() {
            return null;
        }

        @Override
        public boolean isCommitted() {
            return true;
        }

        @Override
        public boolean hasLastWrite() {
            return true;
        }

        @Override
        public boolean isCompletedSuccessfully() {
            return true;
        }

        @Override
        public void setStatus(int code) {
            throw new IllegalStateException();
        }

        @Override
        public void setTrailersSupplier(Supplier<HttpFields> trailers) {
            throw new IllegalStateException();
        }

        @Override
        public void reset() {
            throw new IllegalStateException();
        }

        @Override
        public CompletableFuture<Void> writeInterim(int status, HttpFields headers) {
            throw new IllegalStateException();
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            callback.failed(new IllegalStateException());
        }
    }
}
