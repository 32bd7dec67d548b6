package app;

import ${namespace}.servlet.ServletException;
import ${namespace}.servlet.annotation.WebServlet;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;
import java.io.IOException;

@WebServlet("/fail")
public class Fail extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        String say = request.getParameter("say");
        if (say != null) {
            log("says " + say);
            response.sendError(409, "said on purpose");
            return;
        }
        throw new ServletException("outer secret", new IllegalStateException("inner secret"));
    }
}
