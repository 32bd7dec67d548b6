package dev.gangway.conformance.webapp;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All headers by their names in small letters, and what the API makes of some. */
@WebServlet("/headers")
public class HeadersServlet extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Report report = new Report();
        List<String> names = Collections.list(request.getHeaderNames());
        names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .distinct()
                .sorted()
                .forEach(name -> report.all("header " + name, request.getHeaders(name)));
        report.fact("first", request.getHeader("x-first"))
                .ask("int", () -> request.getIntHeader("X-Int"))
                .ask("date", () -> request.getDateHeader("X-Date"))
                .fact("none", request.getHeader("X-None"))
                .all("none.all", request.getHeaders("X-None"))
                .fact("contentType", request.getContentType())
                .fact("contentLength", request.getContentLengthLong())
                .fact("characterEncoding", request.getCharacterEncoding())
                .fact("locale", request.getLocale())
                .all("locales", request.getLocales())
                .fact("cookies", cookies(request.getCookies()));
        if (request.getParameter("names") != null) {
            report.fact(
                    "names",
                    names.stream()
                            .filter(name -> name.regionMatches(true, 0, "x-", 0, 2))
                            .sorted()
                            .toList());
        }
        report.writeTo(response);
    }

    private static String cookies(Cookie[] cookies) {
        return cookies == null
                ? null
                : Arrays.stream(cookies)
                        .map(cookie -> cookie.getName() + ":" + cookie.getValue())
                        .collect(Collectors.joining(" "));
    }
}
