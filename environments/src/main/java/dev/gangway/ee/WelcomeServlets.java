package dev.gangway.ee;

import ${servlet}.ServletContextEvent;
import ${servlet}.ServletContextListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.jetty.${environment}.servlet.DefaultServlet;
import org.eclipse.jetty.${environment}.servlet.ServletHolder;
import org.eclipse.jetty.${environment}.servlet.ServletMapping;
import org.eclipse.jetty.${environment}.webapp.WebAppContext;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;

/**
 * Serves a welcome file by a servlet that is mapped to its extension or to a prefix, such as {@code index.do} by one at
 * {@code *.do}. The servlet for JSPs does not count: it has nothing to serve where there is no page.
 *
 * <p>Jetty then looks for a mapping of each welcome file, and takes the first one that any servlet has, which may be
 * that for files or JSPs. So this welcome file becomes the first; existing files precede servlets in any order.
 */
record WelcomeServlets(WebAppContext context) implements ServletContextListener {
    private static final String ALL = "true";
    private static final String PAGES = "jsp";

    /** Called before any servlet is made, and after all have been registered. */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        List<String> welcomes =
                new ArrayList<>(context.getWelcomeFiles() == null ? List.of() : List.of(context.getWelcomeFiles()));
        String welcome = welcomes.stream().filter(this::isServlet).findFirst().orElse(null);
        if (welcome == null || patterns().contains("/" + welcome)) {
            return;
        }
        welcomes.remove(welcome);
        welcomes.add(0, welcome);
        for (ServletHolder servlet : context.getServletHandler().getServlets()) {
            if (DefaultServlet.class.getName().equals(servlet.getClassName())
                    && FileServletDefaults.set(context, servlet, FileServletDefaults.WELCOME_SERVLETS, ALL)) {
                context.setWelcomeFiles(welcomes.toArray(String[]::new));
            }
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {}

    private boolean isServlet(String welcome) {
        return patterns().stream()
                .anyMatch(pattern -> !pattern.equals("/") && new ServletPathSpec(pattern).matches("/" + welcome));
    }

    private List<String> patterns() {
        return Stream.of(context.getServletHandler().getServletMappings())
                .filter(mapping -> !PAGES.equals(mapping.getServletName()))
                .map(ServletMapping::getPathSpecs)
                .filter(Objects::nonNull)
                .flatMap(Stream::of)
                .toList();
    }
}
