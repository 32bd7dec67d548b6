package app;

import org.eclipse.jetty.websocket.servlet.WebSocketServlet;

public class Chat extends WebSocketServlet {
    private static final long serialVersionUID = 1;
}
