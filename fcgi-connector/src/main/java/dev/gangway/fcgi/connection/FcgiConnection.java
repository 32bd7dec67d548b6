package dev.gangway.fcgi.connection;

import dev.gangway.fcgi.cgi.HeadLimit;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.incident.Incident;
import dev.gangway.fcgi.incident.Incidents;
import dev.gangway.fcgi.input.InputBudget;
import dev.gangway.fcgi.output.FcgiFlusher;
import dev.gangway.fcgi.output.Sharing;
import dev.gangway.fcgi.reading.Intake;
import dev.gangway.fcgi.reading.Reading;
import dev.gangway.fcgi.reading.SelectedReading;
import dev.gangway.fcgi.reading.Stay;
import dev.gangway.fcgi.request.ConnectionServices;
import dev.gangway.fcgi.request.FcgiStream;
import dev.gangway.fcgi.request.RequestChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.component.Dumpable;

/**
 * One connection of a web server.
 *
 * <p>The bytes come through its {@link Reading} to the {@link ActiveRequests} and leave through its {@link
 * FcgiFlusher}; the {@link ConnectionWatch} applies the time limits, and {@link Ending} ends it.
 */
public final class FcgiConnection extends AbstractConnection
        implements ConnectionServices, Reading.Listener, FcgiFlusher.Listener, Dumpable {
    private static final AtomicLong IDS = new AtomicLong();

    private final String id = "fcgi-" + IDS.incrementAndGet();
    private final SharedState shared;
    private final Connector connector;
    private final HttpConfiguration httpConfiguration;
    private final boolean forAuthorizer;
    private final String peer;
    private final Stay stay;
    private final Closing closing;
    private final HeadLimit headLimit;
    private final FcgiFlusher flusher;
    private final ActiveRequests requests;
    private final Reading reading;
    private final Ending ending;
    private final ConnectionWatch watch;
    private final Deque<RequestChannel> channels = new ConcurrentLinkedDeque<>();
    private volatile Sharing sharing = Sharing.EXCLUSIVE;

    /**
     * @param forAuthorizer whether all requests are questions to the Authorizer
     */
    public FcgiConnection(SharedState shared, boolean forAuthorizer, Connector connector, EndPoint endPoint) {
        super(endPoint, connector.getExecutor());
        this.shared = shared;
        this.httpConfiguration = shared.httpConfiguration();
        this.forAuthorizer = forAuthorizer;
        this.connector = connector;
        this.peer = peer(endPoint);
        this.stay = shared.newStay(endPoint, getExecutor());
        this.closing = new Closing(endPoint, stay);
        this.headLimit = new HeadLimit(
                Math.max(httpConfiguration.getResponseHeaderSize(), httpConfiguration.getMaxResponseHeaderSize()));
        this.flusher = new FcgiFlusher(endPoint, connector.getByteBufferPool(), httpConfiguration, this);
        this.requests = new ActiveRequests(this, shared, new Management(configuration(), flusher));
        this.reading = newReading();
        this.ending = new Ending(this, requests, flusher, closing);
        UnreadInput unreadInput =
                new UnreadInput(reading, flusher, configuration().getStallTimeout());
        this.watch = new ConnectionWatch(this, requests, ending, flusher, unreadInput, stay);
    }

    private Reading newReading() {
        boolean tolerant = configuration().getHalfClose() == FcgiConfiguration.HalfClose.TOLERATE;
        Intake intake = new Intake(
                getEndPoint(),
                connector.getByteBufferPool(),
                this::getInputBufferSize,
                httpConfiguration.isUseInputDirectByteBuffers(),
                !tolerant,
                requests);
        return new SelectedReading(
                getEndPoint(),
                getExecutor(),
                intake,
                this,
                connector.getServer(),
                stay,
                shared.overlaps().isLikely(connector));
    }

    /** The name of the other end; a client of a Unix socket has none of its own. */
    private static String peer(EndPoint endPoint) {
        SocketAddress remote = endPoint.getRemoteSocketAddress();
        return remote == null || remote.toString().isEmpty() ? "local peer" : remote.toString();
    }

    // ---- life ----

    @Override
    public void onOpen() {
        super.onOpen();
        if (!configuration().getAllowedPeers().allow(getEndPoint().getRemoteSocketAddress())) {
            incidents().on(Incident.FOREIGN_PEER, "connection refused: {} is not an allowed peer", peer);
            closing.inOrder();
            return;
        }
        if (!shared.connections().add(this)) {
            incidents()
                    .on(
                            Incident.CONNECTION_LIMIT,
                            "connection refused: {} are open already",
                            configuration().getMaxConnections());
            closing.inOrder();
            return;
        }
        closing.onOpen();
        getEndPoint().setIdleTimeout(0);
        reading.start();
    }

    /** Jetty's clock does not tell reads from writes, nor whether a write moves; the {@link ConnectionWatch} does. */
    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        return false;
    }

    /** Called by Jetty when the server has waited long enough for its requests. */
    @Override
    public void close() {
        ending.end(new EofException("the server stops"));
    }

    @Override
    public void onClose(Throwable cause) {
        shared.connections().remove(this);
        reading.end();
        ending.onClosed(cause);
        flusher.shut();
        stay.letGo();
        super.onClose(cause);
    }

    boolean isStopping() {
        return connector.isShutdown() || shared.connections().isShutdown();
    }

    // ---- input ----

    /** The {@link Reading} has its own callback; this one is never registered. */
    @Override
    public void onFillable() {
        throw new IllegalStateException(toConnectionString());
    }

    @Override
    public boolean isFull() {
        return requests.isFull();
    }

    @Override
    public void onInputEnd() {
        boolean tolerated = configuration().getHalfClose() == FcgiConfiguration.HalfClose.TOLERATE
                && !ending.isSilent()
                && requests.all().stream().allMatch(FcgiStream::isRequestComplete);
        if (!tolerated) {
            ending.end(new EofException("the web server has closed the connection"));
        }
    }

    @Override
    public void onStopped() {
        ending.onReadingStopped(getEndPoint().isOpen());
    }

    /** Only this connection suffers. */
    @Override
    public void onReadFailure(Throwable cause) {
        ending.onReadFailure(cause);
    }

    /** Requests overlap. */
    void onOverlap() {
        sharing = Sharing.MULTIPLEXED;
        reading.readAhead();
        shared.overlaps().on(connector);
    }

    /** The web server has asked whether requests may overlap. */
    void onAskedToMultiplex() {
        if (sharing == Sharing.EXCLUSIVE) {
            sharing = Sharing.ANNOUNCED;
        }
        reading.readAhead();
    }

    // ---- output ----

    @Override
    public void onPartlyWritten() {
        reading.onBusy();
    }

    @Override
    public void onWriteFailure(Throwable cause) {
        ending.onWriteFailure(cause);
    }

    // ---- for the requests ----

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Connection connection() {
        return this;
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public FcgiConfiguration configuration() {
        return shared.configuration();
    }

    @Override
    public HttpConfiguration httpConfiguration() {
        return httpConfiguration;
    }

    boolean isForAuthorizer() {
        return forAuthorizer;
    }

    @Override
    public Sharing sharing() {
        return sharing;
    }

    @Override
    public Reading reading() {
        return reading;
    }

    @Override
    public FcgiFlusher flusher() {
        return flusher;
    }

    Ending ending() {
        return ending;
    }

    ConnectionWatch watch() {
        return watch;
    }

    @Override
    public HeadLimit headLimit() {
        return headLimit;
    }

    @Override
    public InputBudget inputBudget() {
        return shared.inputBudget();
    }

    @Override
    public Incidents incidents() {
        return shared.incidents();
    }

    @Override
    public RequestChannel takeChannel() {
        RequestChannel channel = channels.poll();
        return channel == null ? RequestChannel.of(this) : channel;
    }

    @Override
    public void giveBack(RequestChannel channel) {
        channels.push(channel);
    }

    /** An idle connection keeps nothing that it can make again. */
    void onIdle() {
        channels.clear();
        requests.onIdle();
    }

    @Override
    public void execute(Runnable task) {
        try {
            getExecutor().execute(task);
        } catch (RejectedExecutionException e) {
            runNow(task);
        }
    }

    @Override
    public void runNow(Runnable task) {
        shared.spareThreads().execute(getExecutor(), task);
    }

    @Override
    public void onTaskGivenUp() {
        requests.onTaskGivenUp();
    }

    @Override
    public void onGivenUpTaskRun() {
        if (requests.onGivenUpTaskRun()) {
            reading.resume();
        }
    }

    @Override
    public void onEndEncoded(FcgiStream stream) {
        ending.onEndEncoded();
        onEnded(stream);
    }

    @Override
    public void onEndLost(FcgiStream stream) {
        onEnded(stream);
    }

    private void onEnded(FcgiStream stream) {
        if (requests.end(stream)) {
            reading.resume();
        }
    }

    @Override
    public void onEndWritten(FcgiStream stream) {
        ending.onEndWritten(stream);
    }

    @Override
    public void breakOff() {
        ending.breakOff();
    }

    // ---- statistics ----

    @Override
    public long getMessagesIn() {
        return requests.begun();
    }

    @Override
    public long getMessagesOut() {
        return requests.ended();
    }

    @Override
    public long getBytesIn() {
        return reading.bytesIn();
    }

    @Override
    public long getBytesOut() {
        return flusher.bytesOut();
    }

    @Override
    public void dump(Appendable out, String indent) throws IOException {
        Dumpable.dumpObjects(out, indent, toConnectionString(), requests.all().toArray());
    }

    @Override
    public String toConnectionString() {
        return "%s[%s,%d active,%s]"
                .formatted(
                        id,
                        reading,
                        requests.all().size(),
                        sharing == Sharing.MULTIPLEXED ? "multiplexed" : "exclusive");
    }
}
