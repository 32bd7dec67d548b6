package app;

import java.io.IOException;
import ${namespace}.servlet.annotation.WebServlet;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;

/** Tells where a class comes from. */
@WebServlet("/loads")
public class Loads extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            ClassLoader loader = Class.forName(request.getQueryString()).getClassLoader();
            response.getWriter().print(loader == getClass().getClassLoader() ? "application" : "container");
        } catch (ClassNotFoundException e) {
            response.getWriter().print("nowhere");
        }
    }
}
