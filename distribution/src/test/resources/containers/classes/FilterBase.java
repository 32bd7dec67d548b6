package org.apache.catalina.filters;

import ${namespace}.servlet.Filter;
import ${namespace}.servlet.FilterConfig;

/** As Tomcat has it. */
public abstract class FilterBase implements Filter {
    @Override
    public void init(FilterConfig configuration) {}

    @Override
    public void destroy() {}
}
