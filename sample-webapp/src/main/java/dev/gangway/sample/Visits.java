package dev.gangway.sample;

import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts in a session. Each session gets its counter at birth, so that parallel requests share one.
 */
@WebListener
public final class Visits implements HttpSessionListener {
    private static final String ATTRIBUTE = "visits";

    /** {@return the count, this visit included} */
    public static int count(HttpSession session) {
        return ((AtomicInteger) session.getAttribute(ATTRIBUTE)).incrementAndGet();
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        event.getSession().setAttribute(ATTRIBUTE, new AtomicInteger());
    }
}
