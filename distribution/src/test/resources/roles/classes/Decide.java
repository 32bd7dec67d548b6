import java.io.IOException;
import java.lang.reflect.Method;
import ${namespace}.servlet.AsyncContext;
import ${namespace}.servlet.DispatcherType;
import ${namespace}.servlet.ServletException;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;

/**
 * Answers in the way that is the end of the path: {@code /decide/status}. The query has it come at once, or
 * asynchronously: by the container's request and response, by those that the servlet has, or after a dispatch.
 */
public class Decide extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String query = request.getQueryString();
        if (query == null || request.getDispatcherType() != DispatcherType.REQUEST) {
            answer(request.getPathInfo(), request, response);
        } else if (query.equals("forward")) {
            request.getRequestDispatcher(request.getServletPath() + request.getPathInfo()).forward(request, response);
        } else {
            answerLater(query, request, response);
        }
    }

    private static void answerLater(String how, HttpServletRequest request, HttpServletResponse response) {
        // Which is that of a dispatch, and may be over by then.
        String decision = request.getPathInfo();
        AsyncContext async = how.equals("passed") ? request.startAsync(request, response) : request.startAsync();
        async.start(() -> {
            if (how.equals("dispatch")) {
                async.dispatch();
                return;
            }
            try {
                answer(decision, request, (HttpServletResponse) async.getResponse());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            async.complete();
        });
    }

    private static void answer(String decision, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        switch (decision) {
            case "/status":
                response.setStatus(200);
                break;
            case "/message":
                setStatusWithMessage(response);
                break;
            case "/content":
                response.getWriter().print("welcome");
                break;
            case "/session":
                request.getSession();
                break;
            case "/variable":
                response.setHeader("Variable-REMOTE_USER", "joe");
                break;
            case "/flush":
                response.getWriter().flush();
                response.flushBuffer();
                break;
            case "/reset":
                response.setStatus(200);
                response.getWriter().print("welcome");
                response.reset();
                break;
            default:
        }
    }

    /** There until EE 9. */
    private static void setStatusWithMessage(HttpServletResponse response) {
        try {
            Method method = HttpServletResponse.class.getMethod("setStatus", int.class, String.class);
            method.invoke(response, 200, "Fine");
        } catch (NoSuchMethodException e) {
            response.setStatus(200);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
