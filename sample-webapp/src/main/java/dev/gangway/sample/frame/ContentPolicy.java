package dev.gangway.sample.frame;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Tells the browser what a response may do: a page loads only what this application serves, and an answer of
 * {@code /probe/…}, which may hold whatever its caller asked for, runs nothing at all.
 */
public final class ContentPolicy implements Filter {
    private static final String PAGES =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
    private static final String PROBES = "default-src 'none'; sandbox";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean probe = ((HttpServletRequest) request).getServletPath().startsWith("/probe/");
        HttpServletResponse answer = (HttpServletResponse) response;
        answer.setHeader("Content-Security-Policy", probe ? PROBES : PAGES);
        answer.setHeader("X-Content-Type-Options", "nosniff");
        chain.doFilter(request, response);
    }
}
