package dev.gangway.conformance.webapp;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/** Gives the listeners something to hear. */
@WebServlet("/listeners")
public class ListenersServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setAttribute("own", 1);
        request.setAttribute("own", 2);
        request.removeAttribute("own");
        HttpSession session = request.getSession();
        session.setAttribute("kept", "x");
        request.changeSessionId();
        session.removeAttribute("kept");
        session.invalidate();
        new Report()
                .fact("context", getServletContext().getAttribute("heard"))
                .fact("heard", Listeners.heard())
                .writeTo(response);
    }
}
