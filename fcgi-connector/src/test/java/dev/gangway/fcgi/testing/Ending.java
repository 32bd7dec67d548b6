package dev.gangway.fcgi.testing;

import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Script;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** How a peer leaves, whether or not it has said everything. */
public enum Ending {
    CLOSE(Peer::close),
    RESET(Peer::reset),
    HALF_CLOSE(Peer::halfClose),
    ABORT(peer -> peer.raw(new Script().abort(1).abort(2).bytes()).close()),
    ABORT_AND_RESET(peer -> {
        peer.raw(new Script().abort(2).abort(1).bytes());
        peer.reset();
    });

    private final Consumer<Peer> leave;

    Ending(Consumer<Peer> leave) {
        this.leave = leave;
    }

    /** Has the peer say this and leave. */
    public void after(byte[] bytes, Peer peer) {
        try {
            peer.raw(bytes);
            leave.accept(peer);
        } catch (UncheckedIOException e) {
            // Closed by the server while this side was still speaking.
        }
        peer.close();
    }
}
