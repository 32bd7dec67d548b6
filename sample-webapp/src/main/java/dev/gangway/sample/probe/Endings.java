package dev.gangway.sample.probe;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers how the latest requests to {@link Wait} ended, by the ids that their callers chose.
 */
@WebListener
public final class Endings implements ServletContextListener {
    private static final String ATTRIBUTE = Endings.class.getName();
    private static final String RUNNING = "running";
    private static final int REMEMBERED = 1000;

    private final Map<String, String> endings = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    static Endings of(ServletContext context) {
        return (Endings) context.getAttribute(ATTRIBUTE);
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        event.getServletContext().setAttribute(ATTRIBUTE, this);
    }

    synchronized void started(String id) {
        endings.put(id, RUNNING);
    }

    void completed(String id) {
        ended(id, "completed");
    }

    void failed(String id, Throwable failure) {
        ended(id, "failed: " + failure.getClass().getName());
    }

    /** The first ending counts: what follows is a consequence of it. */
    private synchronized void ended(String id, String how) {
        endings.replace(id, RUNNING, how);
    }

    /** {@return how a request ended, or null if there was none with this id} */
    synchronized String of(String id) {
        return endings.get(id);
    }
}
