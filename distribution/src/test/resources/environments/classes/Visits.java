package app;

import java.io.IOException;
import ${namespace}.servlet.annotation.WebServlet;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;

@WebServlet("/visits")
public class Visits extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Integer before = (Integer) request.getSession().getAttribute("visits");
        int visits = before == null ? 1 : before + 1;
        request.getSession().setAttribute("visits", visits);
        response.getWriter().print(visits);
    }
}
