package app;

import ${namespace}.inject.Inject;
import ${namespace}.servlet.ServletContextEvent;
import ${namespace}.servlet.ServletContextListener;
import ${namespace}.servlet.annotation.WebListener;

@WebListener
public class HiListener implements ServletContextListener {
    @Inject
    private Greeter greeter;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        event.getServletContext().setAttribute("listener", greeter == null ? null : greeter.getText());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {}
}
