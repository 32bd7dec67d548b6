import dev.gangway.api.FcgiRequest;
import java.io.IOException;
import java.lang.reflect.Method;
import ${namespace}.servlet.AsyncContext;
import ${namespace}.servlet.AsyncEvent;
import ${namespace}.servlet.AsyncListener;
import ${namespace}.servlet.DispatcherType;
import ${namespace}.servlet.ServletException;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;

/**
 * Answers in the way that is the end of the path: {@code /decide/status}. The query has it come at once, or
 * asynchronously: by the container's request and response, by those that the servlet has, or after a dispatch; or it
 * comes, but what was begun asynchronously never ends, or when its time is over.
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
        } else if (query.equals("never") || query.equals("expire")) {
            AsyncContext async = request.startAsync();
            async.setTimeout(100);
            if (query.equals("expire")) {
                async.addListener(new Expiry());
            }
            answer(request.getPathInfo(), request, response);
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
            case "/early":
                response.setStatus(200);
                response.setHeader("Variable-REMOTE_USER", "joe");
                response.getWriter().print("welcome");
                response.flushBuffer();
                break;
            case "/user":
                if (request.getRemoteUser() != null) {
                    response.setStatus(200);
                }
                break;
            case "/role":
                if (request.isUserInRole("user")) {
                    response.setStatus(200);
                }
                break;
            case "/api":
                FcgiRequest fcgi = (FcgiRequest) request.getAttribute(FcgiRequest.ATTRIBUTE);
                fcgi.setVariable("ROLE", fcgi.role().name());
                fcgi.setVariable("TARGET", fcgi.target());
                fcgi.setVariable("USER", fcgi.paramMap().get("REMOTE_USER"));
                response.setStatus(200);
                break;
            case "/fail":
                response.setStatus(200);
                throw new IllegalStateException("expected by the test");
            case "/broken":
                response.setStatus(200);
                response.getWriter().print("welcome");
                response.flushBuffer();
                throw new IllegalStateException("expected by the test");
            case "/forbid":
                response.setStatus(200);
                response.sendError(403);
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

    private static class Expiry implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) {
            event.getAsyncContext().complete();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onComplete(AsyncEvent event) {}
    }
}
