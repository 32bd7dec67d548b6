package dev.gangway.servlet.handover;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.session.SessionCacheFactory;
import org.eclipse.jetty.session.SessionDataStoreFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of an application, for one version after another.
 *
 * <p>Each version keeps its own in memory. A session goes over to the next version when that one first needs it, or when
 * the version before has stopped. What a request that is still running in the old version changes after its session has
 * gone over, is lost.
 *
 * <p>The deployer's thread for the application calls the public methods, any thread the others.
 */
public final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    /** Sessions of versions that have stopped, by their ids, which the current version has not needed yet. */
    private final Map<String, CarriedSession> waiting = new ConcurrentHashMap<>();

    /** The ids of which the version before has nothing more to say. */
    private final Set<String> settled = ConcurrentHashMap.newKeySet();

    /** Attributes that were not carried over. Each is told once for each new version. */
    private final Set<String> omitted = ConcurrentHashMap.newKeySet();

    /** Null if there is none, or if it keeps its sessions in another way. */
    private volatile SessionStore current;

    /** Null unless it still answers requests. */
    private volatile SessionStore before;

    /** Null unless it stops. */
    private SessionStore leaving;

    /** Makes it possible to carry over the sessions of those contexts of a server that start from now on. */
    public static void install(Server server) {
        SessionCacheFactory caches = ActivatingCache::new;
        SessionDataStoreFactory stores = SessionStore::new;
        server.addBean(caches);
        server.addBean(stores);
    }

    /** A version that has started is the current one from now on. */
    public void join(ContextHandler version) {
        settled.clear();
        omitted.clear();
        before = current;
        current = SessionStore.of(version);
        if (current != null) {
            current.join(this);
        }
    }

    /** A version is about to stop, and its sessions will be those of the next one. */
    public void leave(ContextHandler version) {
        leaving = SessionStore.of(version);
        if (leaving != null) {
            leaving.leave();
        }
    }

    /** The version that left has stopped. */
    public void onLeft() {
        if (leaving == current) {
            current = null;
        }
        leaving = null;
        before = null;
        settled.clear();
    }

    boolean isCurrent(SessionStore store) {
        return store == current;
    }

    /** {@return a session that a version needs and does not have, or null if there is none} */
    CarriedSession take(SessionStore version, String id) {
        SessionStore other = before;
        if (version == other) {
            return waiting.remove(id);
        }
        if (version != current) {
            return null;
        }
        CarriedSession session = waiting.remove(id);
        if (session == null && other != null) {
            session = other.copy(id);
        }
        if (session == null) {
            // The other version may have stopped just now.
            session = waiting.remove(id);
        }
        if (session != null) {
            settle(id);
        }
        return session;
    }

    /** The current version has the session, or has ended it. */
    void settle(String id) {
        if (before != null) {
            settled.add(id);
        }
        waiting.remove(id);
    }

    boolean isSettled(String id) {
        return settled.contains(id);
    }

    /** The version before leaves a session. */
    void leave(String id, CarriedSession session) {
        waiting.put(id, session);
        if (isSettled(id)) {
            waiting.remove(id);
        }
    }

    boolean exists(String id) {
        SessionStore other = before;
        return waiting.containsKey(id) || !isSettled(id) && other != null && other.has(id);
    }

    /** {@return the ids of sessions that have expired while they were waiting} */
    Set<String> expired() {
        return waiting.entrySet().stream()
                .filter(entry -> entry.getValue().isExpired())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    void onOmitted(String application, String attribute, Throwable reason) {
        if (omitted.add(attribute)) {
            LOG.warn("Sessions of {} go on without their attribute {}: {}", application, attribute, reason.toString());
            LOG.debug("", reason);
        }
    }
}
