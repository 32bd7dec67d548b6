package old;

import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class Hello extends HttpServlet {
    public void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.getSession().putValue("name", request.getParameter("name"));
        response.setStatus(200, "Fine");
        response.getWriter().print(getInitParameter("greeting") + ", " + request.getSession().getValue("name"));
    }
}
