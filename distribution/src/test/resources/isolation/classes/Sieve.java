package app;

import java.io.IOException;
import ${namespace}.servlet.Filter;
import ${namespace}.servlet.FilterChain;
import ${namespace}.servlet.FilterConfig;
import ${namespace}.servlet.ServletContext;
import ${namespace}.servlet.ServletException;
import ${namespace}.servlet.ServletRequest;
import ${namespace}.servlet.ServletResponse;

public class Sieve implements Filter {
    private ServletContext context;

    @Override
    public void init(FilterConfig config) {
        context = config.getServletContext();
        Life.reach(context, "filter-init");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
    }

    @Override
    public void destroy() {
        Life.reach(context, "filter-destroy");
    }
}
