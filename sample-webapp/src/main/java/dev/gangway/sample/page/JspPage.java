package dev.gangway.sample.page;

import dev.gangway.sample.frame.Exhibit;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Forwards to the JSP, which can also be asked for itself.
 */
@WebServlet(JspPage.PATH)
@Exhibit(
        path = JspPage.PATH,
        title = "JSP",
        flag = 'J',
        place = 6,
        summary = "A JSP, compiled on its first visit, with expression language.")
public final class JspPage extends HttpServlet {
    static final String PATH = "/jsp";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        request.getRequestDispatcher("/page.jsp").forward(request, response);
    }
}
