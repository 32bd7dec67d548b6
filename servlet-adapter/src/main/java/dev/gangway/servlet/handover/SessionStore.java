package dev.gangway.servlet.handover;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.session.ManagedSession;
import org.eclipse.jetty.session.SessionContext;
import org.eclipse.jetty.session.SessionData;
import org.eclipse.jetty.session.SessionDataStore;
import org.eclipse.jetty.session.SessionManager;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.AutoLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Jetty asks for the sessions that one version of an application does not have in memory. It stores nothing while
 * the version runs. Any thread may use it.
 */
final class SessionStore extends AbstractLifeCycle implements SessionDataStore {
    private static final Logger LOG = LoggerFactory.getLogger(SessionStore.class);

    private final SessionManager manager;
    private volatile SessionContext context;
    private volatile Sessions sessions = new Sessions();
    private volatile boolean isLeaving;

    SessionStore(SessionManager manager) {
        this.manager = manager;
    }

    /** {@return the store of a version, or null if it keeps its sessions in another way} */
    static SessionStore of(ContextHandler version) {
        return version.getContainedBeans(SessionManager.class).stream()
                .map(manager -> manager.getSessionCache().getSessionDataStore())
                .filter(SessionStore.class::isInstance)
                .map(SessionStore.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** The version belongs to an application, of which it is the current one. */
    void join(Sessions sessions) {
        this.sessions = sessions;
    }

    /** From now on, Jetty stores the sessions of the version, which stops. */
    void leave() {
        isLeaving = true;
    }

    @Override
    public void initialize(SessionContext context) {
        this.context = context;
    }

    @Override
    public SessionData newSessionData(String id, long created, long accessed, long lastAccessed, long maxInactiveMs) {
        if (sessions.isCurrent(this)) {
            sessions.settle(id);
        }
        return new SessionData(
                id,
                context.getCanonicalContextPath(),
                context.getVhost(),
                created,
                accessed,
                lastAccessed,
                maxInactiveMs);
    }

    @Override
    public SessionData load(String id) throws Exception {
        CarriedSession carried = sessions.take(this, id);
        return carried == null ? null : call(() -> carried.unpack(id, this, onOmitted()));
    }

    @Override
    public void store(String id, SessionData data) throws Exception {
        if (isLeaving && !sessions.isSettled(id)) {
            sessions.leave(id, call(() -> CarriedSession.of(data, onOmitted())));
        } else if (sessions.isCurrent(this)) {
            sessions.settle(id);
        }
    }

    /** {@return a session as it is now, or null if there is none; this version keeps it} */
    CarriedSession copy(String id) {
        try {
            ManagedSession session = has(id) ? manager.getSessionCache().get(id) : null;
            return session == null ? null : copy(session);
        } catch (Exception e) {
            LOG.warn("{} loses a session", application(), e);
            return null;
        }
    }

    private CarriedSession copy(ManagedSession session) throws Exception {
        try (AutoLock ignored = session.lock()) {
            if (!session.isValid()) {
                return null;
            }
            return call(() -> {
                session.onSessionPassivation();
                try {
                    return CarriedSession.of(session.getSessionData(), onOmitted());
                } finally {
                    session.onSessionActivation();
                }
            });
        } finally {
            manager.getSessionCache().release(session);
        }
    }

    /** {@return whether this version has a session in memory} */
    boolean has(String id) {
        try {
            return manager.getSessionCache().contains(id);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean delete(String id) {
        sessions.settle(id);
        return true;
    }

    @Override
    public boolean exists(String id) {
        return sessions.isCurrent(this) && sessions.exists(id);
    }

    @Override
    public Set<String> getExpired(Set<String> candidates) {
        Set<String> expired = new HashSet<>(candidates);
        if (sessions.isCurrent(this)) {
            expired.addAll(sessions.expired());
        } else {
            // The current version knows better.
            expired.removeIf(sessions::isSettled);
        }
        return expired;
    }

    /** Whether listeners of a session have to be told before it is stored. */
    @Override
    public boolean isPassivating() {
        return isLeaving;
    }

    private BiConsumer<String, Throwable> onOmitted() {
        return (attribute, reason) -> sessions.onOmitted(application(), attribute, reason);
    }

    private String application() {
        return context.getContext().getContextPath();
    }

    /** {@return the result of a task with the classes of the version} */
    private <T> T call(Task<T> task) throws Exception {
        Run<T> run = new Run<>(task);
        context.run(run);
        if (run.failure != null) {
            throw run.failure;
        }
        return run.result;
    }

    private interface Task<T> {
        T call() throws IOException, ClassNotFoundException;
    }

    private static final class Run<T> implements Runnable {
        private final Task<T> task;
        private T result;
        private Exception failure;

        Run(Task<T> task) {
            this.task = task;
        }

        @Override
        public void run() {
            try {
                result = task.call();
            } catch (Exception e) {
                failure = e;
            }
        }
    }
}
