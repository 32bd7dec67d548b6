package app;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import ${namespace}.annotation.PostConstruct;
import ${namespace}.annotation.Resource;
import ${namespace}.servlet.annotation.WebServlet;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What the application sees of its container and of a request, one fact in each line. */
@WebServlet("/facts")
public class Facts extends HttpServlet {
    @Resource(name = "greeting")
    private String greeting;

    private String constructed = "no";

    @PostConstruct
    void construct() {
        constructed = "yes";
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        getServletContext().log("facts told at " + request.getContextPath());
        response.setContentType("text/plain");
        PrintWriter out = response.getWriter();
        out.println("version=" + getServletContext().getMajorVersion() + "." + getServletContext().getMinorVersion());
        out.println("context path=" + request.getContextPath());
        out.println("user=" + request.getRemoteUser());
        out.println("scheme=" + request.getScheme());
        out.println("secure=" + request.isSecure());
        out.println("server=" + request.getServerName() + ":" + request.getServerPort());
        out.println("remote=" + request.getRemoteAddr() + ":" + request.getRemotePort());
        out.println("local=" + request.getLocalAddr() + ":" + request.getLocalPort());
        out.println("uri=" + request.getRequestURI() + "?" + request.getQueryString());
        out.println("protocol=" + request.getProtocol());
        // shown-begin
        Map<?, ?> params = (Map<?, ?>) request.getAttribute("dev.gangway.params");   // no library needed
        Object role = request.getAttribute("dev.gangway.role");                      // "RESPONDER" as a rule
        // shown-end
        out.println("params=" + params.get("GATEWAY_INTERFACE"));
        out.println("role=" + role);
        out.println("request=" + ((dev.gangway.api.FcgiRequest) request.getAttribute("dev.gangway.request")).role());
        out.println("injected=" + greeting);
        out.println("constructed=" + constructed);
        out.println("looked up=" + lookUp("java:comp/env/greeting"));
        out.println("initializer=" + getServletContext().getAttribute("initializer"));
        out.println("websocket="
                + (getServletContext().getAttribute("${namespace}.websocket.server.ServerContainer") != null));
    }

    private static Object lookUp(String name) {
        try {
            return new InitialContext().lookup(name);
        } catch (NamingException e) {
            return e;
        }
    }
}
