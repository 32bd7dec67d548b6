package app;

import java.io.IOException;
import ${namespace}.servlet.annotation.WebServlet;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;

@WebServlet("/fail")
public class Fail extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if ("status".equals(request.getQueryString())) {
            response.sendError(418);
            return;
        }
        if (request.getParameter("header") != null) {
            response.setHeader("X-Large", "x".repeat(17_000));
            response.getWriter().println("not to be seen");
            if (request.getParameter("flush") != null) {
                response.flushBuffer();
            }
            if (request.getParameter("well") != null) {
                return;
            }
        }
        throw new IllegalStateException("on purpose");
    }
}
