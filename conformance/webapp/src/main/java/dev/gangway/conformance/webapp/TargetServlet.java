package dev.gangway.conformance.webapp;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where dispatches, errors and welcomes lead to: tells of the way here. */
@WebServlet(
        name = "target",
        urlPatterns = {"/target/*", "/welcome-servlet/start"},
        asyncSupported = true)
public class TargetServlet extends HttpServlet {
    private static final List<String> PATHS =
            List.of("request_uri", "context_path", "servlet_path", "path_info", "query_string");

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setHeader("X-Target", "reached");
        Report report = new Report();
        RequestServlet.line(report, request);
        attributes(report, request, RequestDispatcher.FORWARD_REQUEST_URI, "forward");
        attributes(report, request, RequestDispatcher.INCLUDE_REQUEST_URI, "include");
        attributes(report, request, AsyncContext.ASYNC_REQUEST_URI, "async");
        Map<String, String> parameters = new TreeMap<>();
        request.getParameterMap().forEach((name, values) -> parameters.put(name, Arrays.toString(values)));
        report.fact("parameters", parameters)
                .fact("own", request.getAttribute("own"))
                .writeTo(response);
    }

    private static void attributes(Report report, HttpServletRequest request, String sample, String kind) {
        String prefix = sample.substring(0, sample.lastIndexOf('.') + 1);
        for (String path : PATHS) {
            report.fact(kind + "." + path, request.getAttribute(prefix + path));
        }
    }
}
