package dev.gangway.sample.page;

import static dev.gangway.sample.Html.escape;

import dev.gangway.sample.frame.Exhibit;
import dev.gangway.sample.frame.ExhibitCollector;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What all pages share: head, menu and foot.
 */
public final class Page {
    private Page() {}

    /** Sends a page. The body is HTML; the title is text. */
    static void send(HttpServletRequest request, HttpServletResponse response, String title, String body)
            throws IOException {
        begin(response);
        String html = top(request, title) + body + bottom(request);
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** Prepares a response for a page. */
    static void begin(HttpServletResponse response) {
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
    }

    /** {@return the flag with this letter, as a decoration} */
    static String flag(HttpServletRequest request, char letter) {
        return "<svg class=\"flag\" aria-hidden=\"true\"><use href=\"%s/frame/flags.svg#%s\"/></svg>"
                .formatted(root(request), letter);
    }

    /** {@return the page up to and with its first heading} */
    public static String top(HttpServletRequest request, String title) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%2$s – Gangway sample</title>
                <link rel="icon" href="%1$s/frame/icon.svg">
                <link rel="stylesheet" href="%1$s/frame/sample.css">
                <script src="%1$s/frame/sample.js" defer></script>
                </head>
                <body>
                <a class="skip" href="#main">Skip to content</a>
                <header class="masthead">
                <a class="brand" href="%1$s/">%3$s<span>Gangway <small>sample</small></span></a>
                <nav aria-label="Pages"><ul>
                %4$s</ul></nav>
                </header>
                <main id="main">
                <div class="title">%5$s<h1>%2$s</h1></div>
                """
                .formatted(root(request), escape(title), flag(request, 'G'), menu(request), mark(request));
    }

    /** {@return the page after its content} */
    public static String bottom(HttpServletRequest request) {
        ServletContext context = request.getServletContext();
        return """
                </main>
                <footer>
                <p>A plain Jakarta EE 11 WAR: annotated servlets, a JSP, a web fragment, a container initializer.</p>
                <p>Served by %s, Servlet %d.%d, Java %s. The flags are those of the International Code of Signals: each \
                stands for the first letter of its page.</p>
                </footer>
                </body>
                </html>
                """
                .formatted(
                        escape(context.getServerInfo()),
                        context.getMajorVersion(),
                        context.getMinorVersion(),
                        escape(System.getProperty("java.version")));
    }

    private static String menu(HttpServletRequest request) {
        StringBuilder html = new StringBuilder();
        for (Exhibit exhibit : ExhibitCollector.menu(request.getServletContext())) {
            html.append("<li><a href=\"%s\"%s>%s</a></li>\n"
                    .formatted(
                            root(request) + exhibit.path(),
                            isCurrent(exhibit, request) ? " aria-current=\"page\"" : "",
                            escape(exhibit.title())));
        }
        return html.toString();
    }

    /** {@return the flag of the page; what is not in the menu has none} */
    private static String mark(HttpServletRequest request) {
        return ExhibitCollector.menu(request.getServletContext()).stream()
                .filter(exhibit -> isCurrent(exhibit, request))
                .map(exhibit -> flag(request, exhibit.flag()))
                .findFirst()
                .orElse("");
    }

    private static boolean isCurrent(Exhibit exhibit, HttpServletRequest request) {
        Object forwardedFrom = request.getAttribute(RequestDispatcher.FORWARD_SERVLET_PATH);
        String path = forwardedFrom == null ? request.getServletPath() : forwardedFrom.toString();
        return exhibit.path().equals(path.isEmpty() || path.equals(RequestPage.ANY_PATH) ? "/" : path);
    }

    /** {@return the path of the application, safe in an attribute} */
    static String root(HttpServletRequest request) {
        return escape(request.getContextPath());
    }
}
