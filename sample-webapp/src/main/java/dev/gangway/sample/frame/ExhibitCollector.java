package dev.gangway.sample.frame;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Builds the menu from the annotated servlets that the container has found while scanning the WAR.
 */
@HandlesTypes(Exhibit.class)
public final class ExhibitCollector implements ServletContainerInitializer {
    private static final String ATTRIBUTE = "dev.gangway.sample.exhibits";

    @Override
    public void onStartup(Set<Class<?>> types, ServletContext context) {
        Stream<Class<?>> found = types == null ? Stream.empty() : types.stream();
        List<Exhibit> menu = found.map(type -> type.getAnnotation(Exhibit.class))
                .sorted(Comparator.comparingInt(Exhibit::place))
                .toList();
        context.setAttribute(ATTRIBUTE, menu);
    }

    /** {@return the menu of the application, in its order} */
    @SuppressWarnings("unchecked")
    public static List<Exhibit> menu(ServletContext context) {
        return (List<Exhibit>) context.getAttribute(ATTRIBUTE);
    }
}
