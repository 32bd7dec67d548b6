package dev.gangway.servlet.status;

import dev.gangway.fcgi.server.FcgiConnectionFactory;
import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.figures.Figures;
import dev.gangway.servlet.listen.SocketAccess;
import dev.gangway.servlet.web.Deployment;
import java.nio.file.Path;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;

/** All that a server says about itself, from its start to its end. */
public final class Status implements AutoCloseable {
    private final StatusSettings settings;
    private final Readiness readiness;
    /** Null if nobody may see them. */
    private StatusPages pages;

    /** Null if there is none. */
    private StatusServer statusServer;

    /** Of a server that has not been started. */
    public Status(StatusSettings settings, Server server, Deployment deployment) {
        this.settings = settings;
        this.readiness = new Readiness(server, deployment);
    }

    /**
     * Begins to count, and to answer at its own address: while applications start, too.
     *
     * @param access who may connect to its own address, if that is a Unix-domain socket
     * @param takeover whether a process that has its own address goes on until {@link #takeOver}
     * @param libraries the directory with the jars that write the status
     * @throws StartFailure if the address cannot be opened, or if it is not safe to do so
     */
    public void open(
            Server server,
            FcgiConnectionFactory fcgi,
            Deployment deployment,
            SocketAccess access,
            boolean takeover,
            Path libraries)
            throws StartFailure {
        if (!settings.needsFigures()) {
            return;
        }
        pages = new StatusPages(Figures.of(server, fcgi, deployment), libraries);
        if (settings.address() != null) {
            statusServer = StatusServer.open(settings.address(), access, takeover, pages, readiness);
        }
    }

    /** {@return the applications, with what the server answers itself in front of them} */
    public Handler inFrontOf(Handler applications) {
        Handler handler = applications;
        if (settings.page() != null) {
            handler = new OwnPage(handler, settings.page(), this::page);
        }
        if (settings.ping() != null) {
            handler = new OwnPage(handler, settings.ping(), request -> Answer.of(readiness.ask()));
        }
        return handler;
    }

    private Answer page(Request request) {
        return settings.access().allows(request) ? pages.answer(request) : Answer.refusal(HttpStatus.FORBIDDEN_403);
    }

    /** Takes its own address over from the process that has it, if there is one. */
    public void takeOver() {
        if (statusServer != null) {
            statusServer.takeOver();
        }
    }

    /** The server is about to stop. */
    public void retire() {
        readiness.retire();
    }

    @Override
    public void close() {
        if (statusServer != null) {
            statusServer.close();
        }
    }
}
