package app;

import ${namespace}.inject.Inject;
import ${namespace}.servlet.Filter;
import ${namespace}.servlet.FilterChain;
import ${namespace}.servlet.FilterConfig;
import ${namespace}.servlet.ServletException;
import ${namespace}.servlet.ServletRequest;
import ${namespace}.servlet.ServletResponse;
import ${namespace}.servlet.annotation.WebFilter;
import ${namespace}.servlet.http.HttpServletResponse;
import java.io.IOException;

@WebFilter("/*")
public class HiFilter implements Filter {
    private Greeter greeter;

    @Inject
    void setGreeter(Greeter greeter) {
        this.greeter = greeter;
    }

    @Override
    public void init(FilterConfig configuration) {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ((HttpServletResponse) response).setHeader("X-Filter", greeter.getText());
        chain.doFilter(request, response);
    }

    @Override
    public void destroy() {}
}
