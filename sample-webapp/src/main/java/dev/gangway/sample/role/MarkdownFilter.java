package dev.gangway.sample.role;

import dev.gangway.api.FcgiData;
import dev.gangway.api.FcgiRequest;
import dev.gangway.api.Role;
import dev.gangway.sample.page.Page;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Makes a page of a Markdown file of the web server. The file need not be where the application is: the web server
 * reads it and passes it on. A browser that has the page already is told so before the file is read.
 */
@WebServlet("*.md")
public final class MarkdownFilter extends HttpServlet {
    @Override
    protected long getLastModified(HttpServletRequest request) {
        FcgiData data = data(request);
        return data == null || data.lastModified() == null
                ? -1
                : data.lastModified().toEpochMilli();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        FcgiData data = data(request);
        if (data == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        String text = new String(data.inputStream().readAllBytes(), StandardCharsets.UTF_8);
        String name = request.getServletPath().replaceFirst(".*/", "");
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().print(Page.top(request, name) + Markdown.html(text) + Page.bottom(request));
    }

    private static FcgiData data(HttpServletRequest request) {
        boolean file =
                request.getAttribute(FcgiRequest.ATTRIBUTE) instanceof FcgiRequest fcgi && fcgi.role() == Role.FILTER;
        return file ? ((FcgiRequest) request.getAttribute(FcgiRequest.ATTRIBUTE)).data() : null;
    }
}
