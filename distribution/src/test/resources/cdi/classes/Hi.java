package app;

import ${namespace}.inject.Inject;
import ${namespace}.servlet.annotation.WebServlet;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;
import java.io.IOException;

@WebServlet("/hi")
public class Hi extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Inject
    private Greeter greeter;

    @Inject
    private Note note;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("servlet: " + greeter.getText() + ", listener: " + getServletContext().getAttribute("listener"));
    }
}
