package dev.gangway.sample;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The application's own threads, for what happens later: asynchronous servlets end on them.
 */
@WebListener
public final class Timer implements ServletContextListener {
    private static final String ATTRIBUTE = Timer.class.getName();

    /** {@return the timer of the application} */
    public static ScheduledExecutorService of(ServletContext context) {
        return (ScheduledExecutorService) context.getAttribute(ATTRIBUTE);
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, task -> new Thread(task, "sample-timer"));
        event.getServletContext().setAttribute(ATTRIBUTE, timer);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        of(event.getServletContext()).shutdownNow();
    }
}
