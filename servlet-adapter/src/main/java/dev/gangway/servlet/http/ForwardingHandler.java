package dev.gangway.servlet.http;

import dev.gangway.fcgi.record.RecordType;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes each request on to a FastCGI address, over a connection of its own, with the parameters that a web server
 * would send.
 *
 * <p>Each request has a thread that waits for its response, so that no request waits for a free thread while its body
 * is still on its way. That is good enough for development.
 */
final class ForwardingHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardingHandler.class);

    private final SocketAddress target;
    private ExecutorService responders;

    ForwardingHandler(SocketAddress target) {
        this.target = target;
    }

    @Override
    protected void doStart() throws Exception {
        responders = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "gangway-http-response");
            thread.setDaemon(true);
            return thread;
        });
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        responders.shutdown();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        FcgiExchange exchange;
        try {
            exchange = begin(request);
        } catch (IOException e) {
            unreachable(e, request, response, callback);
            return true;
        }
        // The FastCGI side decides how long an application may take.
        request.addIdleTimeoutListener(timeout -> false);
        CompletableFuture<Void> upload = new CompletableFuture<>();
        try {
            responders.execute(() -> respond(exchange, upload, request, response, callback));
        } catch (RejectedExecutionException e) {
            exchange.close();
            throw e;
        }
        Content.copy(request, exchange.stdin(), Callback.from(() -> upload.complete(null), failure -> {
            upload.complete(null);
            if (!(failure instanceof IOException) || failure instanceof EofException) {
                // The client has gone. A failed write is no reason to close, since the response may have come already.
                IO.close(exchange);
            }
        }));
        return true;
    }

    private FcgiExchange begin(Request request) throws IOException {
        FcgiExchange exchange = FcgiExchange.open(target);
        try {
            exchange.begin(CgiParams.of(request));
            return exchange;
        } catch (IOException | RuntimeException e) {
            exchange.close();
            throw e;
        }
    }

    private void unreachable(IOException cause, Request request, Response response, Callback callback) {
        LOG.warn("no FastCGI connection to {}: {}", target, cause.getMessage());
        Response.writeError(request, response, callback, HttpStatus.BAD_GATEWAY_502);
    }

    private void respond(
            FcgiExchange exchange,
            CompletableFuture<Void> upload,
            Request request,
            Response response,
            Callback callback) {
        Throwable failure = null;
        try (exchange) {
            copy(exchange, response);
        } catch (Throwable e) {
            failure = e;
        }
        // Nobody reads the rest of the body any more: a response may be complete before it.
        if (!upload.isDone()) {
            request.fail(new EofException("the response was complete before the body"));
        }
        try {
            upload.get();
        } catch (InterruptedException | ExecutionException e) {
            failure = failure == null ? e : failure;
        }
        if (failure == null) {
            callback.succeeded();
        } else if (response.isCommitted()) {
            callback.failed(failure);
        } else {
            response.reset();
            Response.writeError(request, response, callback, HttpStatus.BAD_GATEWAY_502);
        }
    }

    private static void copy(FcgiExchange exchange, Response response) throws IOException {
        CgiHead head = new CgiHead();
        boolean headless = true;
        while (true) {
            FcgiExchange.Received received = exchange.receive();
            ByteBuffer content = received.content();
            if (received.type() == RecordType.END_REQUEST) {
                end(headless || (response.isCommitted() && content.getInt() != 0));
                return;
            }
            if (received.type() != RecordType.STDOUT) {
                continue;
            }
            while (headless && head.take(content)) {
                headless = pass(head, response);
                head = new CgiHead();
            }
            if (content.hasRemaining() || !(headless || response.isCommitted() || exchange.hasReceived())) {
                Content.Sink.write(response, false, content);
            }
        }
    }

    private static void end(boolean broken) throws EofException {
        if (broken) {
            throw new EofException("the application did not complete its response");
        }
    }

    /** Returns whether another header block follows. */
    private static boolean pass(CgiHead head, Response response) throws IOException {
        if (HttpStatus.isInterim(head.status())) {
            response.writeInterim(head.status(), head.fields()).join();
            return true;
        }
        response.setStatus(head.status());
        // A header of the application replaces one that this server sets by itself.
        head.fields().getFieldNamesCollection().forEach(response.getHeaders()::remove);
        response.getHeaders().add(head.fields());
        return false;
    }
}
