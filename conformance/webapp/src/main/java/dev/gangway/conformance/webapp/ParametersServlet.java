package dev.gangway.conformance.webapp;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The parameters of query and form; the path may name an encoding. */
@WebServlet("/parameters/*")
public class ParametersServlet extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getPathInfo() != null) {
            request.setCharacterEncoding(request.getPathInfo().substring(1));
        }
        Report report = new Report();
        report.ask("map", () -> {
            Map<String, String> map = new TreeMap<>();
            request.getParameterMap().forEach((name, values) -> map.put(name, Arrays.toString(values)));
            return map;
        });
        report.ask("a", () -> request.getParameter("a"))
                .ask("none", () -> request.getParameter("none"))
                .fact("characterEncoding", request.getCharacterEncoding())
                .fact("queryString", request.getQueryString());
        report.ask("rest", () -> request.getInputStream().readAllBytes().length).writeTo(response);
    }
}
