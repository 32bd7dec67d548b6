package dev.gangway.ee;

import java.util.Map;
import org.eclipse.jetty.${environment}.servlet.DefaultServlet;
import org.eclipse.jetty.${environment}.servlet.ServletHolder;
import org.eclipse.jetty.${environment}.webapp.DefaultsDescriptor;
import org.eclipse.jetty.${environment}.webapp.Descriptor;
import org.eclipse.jetty.${environment}.webapp.DescriptorProcessor;
import org.eclipse.jetty.${environment}.webapp.WebAppContext;

/**
 * Defaults of the servlet for files: directories are not listed, and a welcome file may be a servlet, as the Servlet
 * specification demands.
 */
final class FileServletDefaults implements DescriptorProcessor {
    static final String WELCOME_SERVLETS = "welcomeServlets";

    private static final Map<String, String> PARAMETERS = Map.of("dirAllowed", "false", WELCOME_SERVLETS, "exact");

    /** Runs after the processor that makes servlets of all descriptors. */
    @Override
    public void process(WebAppContext context, Descriptor descriptor) {
        if (!(descriptor instanceof DefaultsDescriptor)) {
            return;
        }
        for (ServletHolder servlet : context.getServletHandler().getServlets()) {
            if (DefaultServlet.class.getName().equals(servlet.getClassName())) {
                PARAMETERS.forEach((name, value) -> set(context, servlet, name, value));
            }
        }
    }

    /** {@return whether the parameter has the value now, since the application has not set it} */
    static boolean set(WebAppContext context, ServletHolder servlet, String name, String value) {
        Descriptor origin = context.getMetaData()
                .getOriginDescriptor(servlet.getName() + ".servlet.init-param." + name);
        boolean isDefault = origin instanceof DefaultsDescriptor || servlet.getInitParameter(name) == null;
        if (isDefault) {
            servlet.setInitParameter(name, value);
        }
        return isDefault;
    }
}
