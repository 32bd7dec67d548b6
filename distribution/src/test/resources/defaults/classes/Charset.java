package app;

import ${namespace}.servlet.annotation.WebServlet;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;

/** Does what the letters of the query say, in their order, and writes a letter. */
@WebServlet("/charset")
public class Charset extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        for (char step : request.getQueryString().toCharArray()) {
            switch (step) {
                case 't' -> response.setContentType("text/html");
                case 'u' -> response.setContentType("text/html;charset=UTF-8");
                case 'l' -> response.setLocale(Locale.JAPANESE);
                case 'g' -> response.getCharacterEncoding();
                default -> throw new IllegalArgumentException("step " + step);
            }
        }
        response.getWriter().print("\u3042");
    }
}
