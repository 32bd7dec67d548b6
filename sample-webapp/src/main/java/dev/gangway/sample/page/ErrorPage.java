package dev.gangway.sample.page;

import static dev.gangway.sample.Html.escape;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Shows an error, for a request of any method. The container dispatches to it, as web.xml says.
 */
@WebServlet("/error")
public final class ErrorPage extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Integer code = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (code == null) {
            // Someone asked for the error page itself.
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        String uri = (String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        Page.send(request, response, title(code), body(request, code, uri));
    }

    private static String title(int code) {
        return switch (code) {
            case 400 -> "The request makes no sense";
            case 404 -> "There is nothing here";
            case 405 -> "Not with this method";
            case 413 -> "That is too much";
            case 500 -> "Something broke";
            default -> "This did not work";
        };
    }

    private static String body(HttpServletRequest request, int code, String uri) {
        return """
                <p class="lead">The answer has status <strong>%d</strong>.</p>
                <dl>
                <dt>Asked for</dt><dd><samp>%s</samp></dd>
                <dt>Reason</dt><dd>%s</dd>
                </dl>
                <p><a class="button" href="%s/">Back to the start</a></p>
                """
                .formatted(code, escape(uri), escape(reason(request, code)), Page.root(request));
    }

    private static String reason(HttpServletRequest request, int code) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable exception) {
            return exception.getClass().getName() + ": " + exception.getMessage();
        }
        String message = (String) request.getAttribute(RequestDispatcher.ERROR_MESSAGE);
        return message == null || message.isBlank() ? "status " + code : message;
    }
}
