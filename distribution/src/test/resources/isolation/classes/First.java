package app;

import ${namespace}.servlet.ServletContextEvent;
import ${namespace}.servlet.ServletContextListener;

/** The last one to hear of the end. */
public class First implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {}

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        System.err.println(event.getServletContext().getContextPath() + " has heard of its end");
    }
}
