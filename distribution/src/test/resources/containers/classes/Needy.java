package app;

import ${namespace}.servlet.http.HttpServlet;
import org.eclipse.jetty.websocket.servlet.WebSocketServlet;

/** Loads, and fails when it is made. */
public class Needy extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    public void init() {
        log("with " + new WebSocketServlet());
    }
}
