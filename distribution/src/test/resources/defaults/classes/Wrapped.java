package app;

import ${namespace}.servlet.AsyncContext;
import ${namespace}.servlet.DispatcherType;
import ${namespace}.servlet.annotation.WebServlet;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletRequestWrapper;
import ${namespace}.servlet.http.HttpServletResponse;
import ${namespace}.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

@WebServlet(urlPatterns = "/wrapped", asyncSupported = true)
public class Wrapped extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            response.getWriter().print("dispatched " + request.getParameter("a"));
            return;
        }
        AsyncContext later =
                request.startAsync(new HttpServletRequestWrapper(request), new HttpServletResponseWrapper(response));
        later.dispatch();
    }
}
