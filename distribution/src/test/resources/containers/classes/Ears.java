package app;

import ${namespace}.servlet.http.HttpSessionEvent;
import org.apache.catalina.Events;

public class Ears implements Events {
    @Override
    public void sessionCreated(HttpSessionEvent event) {}

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {}
}
