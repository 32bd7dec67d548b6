package dev.gangway.ee;

import ${servlet}.annotation.HandlesTypes;
import ${servlet}.annotation.WebFilter;
import ${servlet}.annotation.WebListener;
import ${servlet}.annotation.WebServlet;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.annotations.AnnotationParser;
import org.eclipse.jetty.${environment}.annotations.AnnotationConfiguration;
import org.eclipse.jetty.${environment}.webapp.Configuration;
import org.eclipse.jetty.${environment}.webapp.WebAppContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves out the initializers of another container, whose jars an application may have brought along: they would fail
 * here, or take over; and looks for annotations more quickly. Jetty finds it as a service, in place of its own
 * configuration by annotations.
 */
public class Initializers extends AnnotationConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(Initializers.class);

    /** Between two steps of the scan: which annotations are looked for. */
    private static final String ANNOTATIONS = "dev.gangway.annotations";

    private static final String INITIALIZER = ".servlet.ServletContainerInitializer";
    private static final String NAMESPACE = "${namespace}";
    private static final String OTHER_NAMESPACE = NAMESPACE.equals("javax") ? "jakarta" : "javax";

    @Override
    public Class<? extends Configuration> replaces() {
        return AnnotationConfiguration.class;
    }

    @Override
    public void createServletContainerInitializerAnnotationHandlers(
            WebAppContext context, List<${servlet}.ServletContainerInitializer> initializers) throws Exception {
        List<${servlet}.ServletContainerInitializer> kept = initializers.stream()
                .filter(initializer -> !isOfAnotherContainer(context, initializer.getClass()))
                .toList();
        tell(context, kept.stream().map(initializer -> initializer.getClass().getName()).toList());
        super.createServletContainerInitializerAnnotationHandlers(context, kept);
        context.setAttribute(ANNOTATIONS, annotations(kept));
    }

    /** {@return the annotations that are looked for} */
    private static Set<String> annotations(List<${servlet}.ServletContainerInitializer> initializers) {
        Set<String> names = new HashSet<>();
        Stream.of(WebServlet.class, WebFilter.class, WebListener.class).forEach(type -> names.add(type.getName()));
        for (${servlet}.ServletContainerInitializer initializer : initializers) {
            HandlesTypes handled = initializer.getClass().getAnnotation(HandlesTypes.class);
            if (handled != null) {
                Stream.of(handled.value()).filter(Class::isAnnotation).forEach(type -> names.add(type.getName()));
            }
        }
        return names;
    }

    @Override
    protected AnnotationParser createAnnotationParser(${platform}) {
        return new JarParser();
    }

    /** Jars of the environment have no annotated classes; Jetty only knows them for their tag libraries. */
    @Override
    public void parseContainerPath(WebAppContext context, AnnotationParser parser) {
        Set<?> annotations = (Set<?>) context.removeAttribute(ANNOTATIONS);
        ((JarParser) parser).lookFor(annotations.stream().map(String.class::cast).toList());
    }

    /**
     * The environment has initializers of Jetty, which are not another container's, and Tomcat's JSP engine, which
     * Jetty starts in its own way.
     */
    private static boolean isOfAnotherContainer(WebAppContext context, Class<?> type) {
        boolean isOfEnvironment = type.getClassLoader() != context.getClassLoader();
        return OtherContainer.has(type.getName())
                && !(isOfEnvironment && type.getName().startsWith("org.eclipse.jetty."));
    }

    private static void tell(WebAppContext context, List<String> kept) throws IOException {
        Map<String, Set<String>> own = ServiceFiles.read(context.getClassLoader(), NAMESPACE + INITIALIZER);
        own.forEach((jar, names) -> {
            if (names.stream().anyMatch(name -> OtherContainer.has(name) && !kept.contains(name))) {
                LOG.info(
                        "{} of {} belongs to another container; its initializers are not called",
                        jar,
                        context.getContextPath());
            }
        });
        ServiceFiles.read(context.getClassLoader(), OTHER_NAMESPACE + INITIALIZER).forEach((jar, names) -> {
            // Some jars are for both namespaces.
            if (!own.containsKey(jar)) {
                LOG.warn(
                        "{} of {} is for {}.servlet, which ${environment} does not have; not called: {}",
                        jar,
                        context.getContextPath(),
                        OTHER_NAMESPACE,
                        String.join(", ", names));
            }
        });
    }
}
