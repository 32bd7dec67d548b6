package org.eclipse.jetty.websocket.servlet;

import ${namespace}.servlet.http.HttpServlet;

/** As Jetty 9 had it; the application is compiled with it, and does not bring it along. */
public class WebSocketServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
}
