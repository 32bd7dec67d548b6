package app;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ${namespace}.servlet.ServletException;
import ${namespace}.servlet.annotation.MultipartConfig;
import ${namespace}.servlet.annotation.WebServlet;
import ${namespace}.servlet.http.Cookie;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;

/** What the application sees of a path, a query, a form and cookies. */
@WebServlet({"/told/*", "/guarded/told"})
@MultipartConfig
public class Told extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setContentType("text/plain;charset=utf-8");
        Cookie[] cookies = request.getCookies();
        String form = request.getParameter("form");
        response.getWriter()
                .println("uri=" + request.getRequestURI()
                        + "\npath=" + request.getPathInfo()
                        + "\nq=" + request.getParameter("q")
                        + "\nform=" + (form == null ? 0 : form.length())
                        + "\nkeys=" + request.getParameterMap().size()
                        + "\ncookies="
                        + Stream.ofNullable(cookies)
                                .flatMap(Arrays::stream)
                                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                                .collect(Collectors.joining(" ")));
    }
}
