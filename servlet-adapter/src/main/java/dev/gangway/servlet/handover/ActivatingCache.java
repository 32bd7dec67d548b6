package dev.gangway.servlet.handover;

import org.eclipse.jetty.session.DefaultSessionCache;
import org.eclipse.jetty.session.ManagedSession;
import org.eclipse.jetty.session.SessionData;
import org.eclipse.jetty.session.SessionManager;
import org.eclipse.jetty.util.thread.AutoLock;

/** The sessions of a version in memory. Unlike Jetty's own cache, it tells the attributes of those that have come over. */
final class ActivatingCache extends DefaultSessionCache {
    ActivatingCache(SessionManager manager) {
        super(manager);
    }

    @Override
    public ManagedSession newSession(SessionData data) {
        ManagedSession session = super.newSession(data);
        if (data.getLastSaved() > 0) {
            try (AutoLock ignored = session.lock()) {
                // Otherwise its attributes could not be read.
                session.setResident(true);
                _context.run(session::onSessionActivation);
            }
        }
        return session;
    }
}
