package push;

import ${namespace}.servlet.annotation.WebServlet;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;

/** Tells all boards something, in a request of its own. */
@WebServlet("/tell")
public class Teller extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        Board.showOnAll(request.getQueryString());
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
