package dev.gangway.conformance.webapp;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequestAttributeEvent;
import jakarta.servlet.ServletRequestAttributeListener;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it hears while a request to {@code /listeners} runs, and of requests that have ended. */
@WebListener
public class Listeners
        implements ServletContextListener,
                ServletRequestListener,
                ServletRequestAttributeListener,
                HttpSessionListener,
                HttpSessionAttributeListener,
                HttpSessionIdListener {
    private static final String HEARD = "heard";
    private static final ThreadLocal<List<String>> CURRENT = new ThreadLocal<>();

    static List<String> heard() {
        return CURRENT.get();
    }

    private static void hear(String event) {
        if (CURRENT.get() != null) {
            CURRENT.get().add(event);
        }
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        event.getServletContext().setAttribute(HEARD, "contextInitialized");
    }

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        if (event.getServletRequest() instanceof HttpServletRequest request
                && request.getRequestURI().contains("/listeners")) {
            CURRENT.set(new CopyOnWriteArrayList<>(List.of("requestInitialized")));
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        CURRENT.remove();
    }

    @Override
    public void attributeAdded(ServletRequestAttributeEvent event) {
        hearOf("added", event);
    }

    @Override
    public void attributeReplaced(ServletRequestAttributeEvent event) {
        hearOf("replaced", event);
    }

    @Override
    public void attributeRemoved(ServletRequestAttributeEvent event) {
        hearOf("removed", event);
    }

    private static void hearOf(String what, ServletRequestAttributeEvent event) {
        if (event.getName().equals("own")) {
            hear(what + " " + event.getValue());
        }
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        hear("sessionCreated");
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        hear("sessionDestroyed");
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldId) {
        hear("sessionIdChanged");
    }

    @Override
    public void attributeAdded(HttpSessionBindingEvent event) {
        hear("sessionAttributeAdded " + event.getName());
    }

    @Override
    public void attributeRemoved(HttpSessionBindingEvent event) {
        hear("sessionAttributeRemoved " + event.getName());
    }
}
