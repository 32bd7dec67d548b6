package app;

import java.io.IOException;
import ${namespace}.servlet.annotation.WebServlet;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;

/** What the web server tells of a client. */
@WebServlet("/told")
public class Told extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=utf-8");
        response.getWriter()
                .print("client=" + request.getRemoteAddr()
                        + "\nurl=" + request.getRequestURL()
                        + "\nsecure=" + request.isSecure()
                        + "\nuser=" + request.getRemoteUser()
                        + "\ntype=" + request.getAuthType()
                        + "\nauthorization=" + request.getHeader("Authorization")
                        + "\ncountry=" + request.getAttribute("GEO_COUNTRY") + "\n");
    }
}
