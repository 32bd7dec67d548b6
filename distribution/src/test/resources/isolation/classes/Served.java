package app;

import java.io.IOException;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;

public class Served extends HttpServlet {
    @Override
    public void init() {
        Life.reach(getServletContext(), "init");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(getServletContext().getInitParameter("version"));
    }

    @Override
    public void destroy() {
        Life.reach(getServletContext(), "destroy");
    }
}
