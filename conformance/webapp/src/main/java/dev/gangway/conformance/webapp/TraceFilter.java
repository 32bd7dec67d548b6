package dev.gangway.conformance.webapp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.CharArrayWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** Leaves its name in a header; if it is told so, stands in the way or changes the answer. */
public class TraceFilter extends HttpFilter {
    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.addHeader("X-Trace", getFilterName() + " " + request.getDispatcherType());
        String deed = getInitParameter("deed");
        if (deed == null) {
            chain.doFilter(new Named(request), response);
            response.addHeader("X-After", getFilterName());
        } else if (deed.equals("refuse")) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN, "refused by a filter");
        } else {
            Kept kept = new Kept(response);
            chain.doFilter(request, kept);
            byte[] changed = kept.text.toString().toUpperCase(Locale.ROOT).getBytes("UTF-8");
            response.setContentLength(changed.length);
            response.getOutputStream().write(changed);
        }
    }

    private static final class Named extends HttpServletRequestWrapper {
        Named(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getRemoteUser() {
            return "wrapped";
        }
    }

    private static final class Kept extends HttpServletResponseWrapper {
        private final CharArrayWriter text = new CharArrayWriter();

        Kept(HttpServletResponse response) {
            super(response);
        }

        @Override
        public PrintWriter getWriter() {
            return new PrintWriter(text);
        }
    }
}
