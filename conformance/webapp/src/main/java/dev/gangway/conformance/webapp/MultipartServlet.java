package dev.gangway.conformance.webapp;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The parts of a form with files. */
@WebServlet("/multipart")
@MultipartConfig(maxRequestSize = 200_000, fileSizeThreshold = 1_000)
public class MultipartServlet extends HttpServlet {
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Report report = new Report();
        int number = 0;
        for (Part part : request.getParts()) {
            byte[] content = part.getInputStream().readAllBytes();
            String name = "part" + number++;
            report.fact(name + ".name", part.getName())
                    .fact(name + ".file", part.getSubmittedFileName())
                    .fact(name + ".type", part.getContentType())
                    .fact(name + ".size", part.getSize())
                    .fact(name + ".headers", headers(part))
                    .fact(
                            name + ".content",
                            new String(content, 0, Math.min(40, content.length), StandardCharsets.UTF_8));
        }
        request.getParameterMap().forEach((name, values) -> report.fact("parameter " + name, Arrays.toString(values)));
        report.fact("one", request.getPart("text") != null).writeTo(response);
    }

    private static String headers(Part part) {
        return part.getHeaderNames().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
