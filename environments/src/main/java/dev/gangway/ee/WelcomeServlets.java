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
 * Has a welcome file served by a servlet that has it by its extension or by a prefix, as {@code index.do} by one at
 * {@code *.do}. That of pages does not count: it has nothing to serve where there is no page.
 *
 * <p>Jetty asks the mappings for every welcome file then, and the first one counts that any servlet has, which may be
 * that for files or pages. So this one is the first; files come before servlets in any order.
 */
record WelcomeServlets(WebAppContext context) implements ServletContextListener {
    private static final String ALL = "true";
    private static final String PAGES = "jsp";

    /** Before any servlet is made, and after all have been registered. */
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
