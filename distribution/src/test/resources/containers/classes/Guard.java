package app;

import ${namespace}.servlet.FilterChain;
import ${namespace}.servlet.ServletException;
import ${namespace}.servlet.ServletRequest;
import ${namespace}.servlet.ServletResponse;
import java.io.IOException;
import org.apache.catalina.filters.FilterBase;

public class Guard extends FilterBase {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
    }
}
