package dev.gangway.ee;

import ${servlet}.Filter;
import ${servlet}.Servlet;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.eclipse.jetty.${environment}.servlet.ServletContextHandler;
import org.eclipse.jetty.${environment}.webapp.WebAppContext;
import org.eclipse.jetty.util.Decorator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the CDI that an application brings along inject into its servlets, filters and listeners. A servlet container
 * has no CDI of its own, and the application's classes are not those of the environment even where the names are the
 * same, so they are called by reflection. It does for all environments what Jetty's CDI modules do for theirs.
 */
final class CdiDecorator implements Decorator {
    private static final Logger LOG = LoggerFactory.getLogger(CdiDecorator.class);

    /** By this attribute Jetty's own modules tell a CDI that it need not look for another way to inject. */
    private static final String MODE = "org.eclipse.jetty.cdi";

    private static final String INJECTED_BY_CONTAINER = "CdiSpiDecorator";

    private final ClassLoader application;
    private final Class<? extends Annotation> inject;
    private final Map<Object, Injection> injections = Collections.synchronizedMap(new IdentityHashMap<>());
    /** Listeners that were made before the CDI was ready. */
    private final List<Object> early = new CopyOnWriteArrayList<>();

    /** What it takes to undo an injection. */
    private record Injection(Object target, Object context) {}

    private CdiDecorator(ClassLoader application) throws ClassNotFoundException {
        this.application = application;
        inject = application.loadClass("${namespace}.inject.Inject").asSubclass(Annotation.class);
    }

    /** Sets it up if the application has a CDI, before any code of the application runs. */
    static void install(WebAppContext context) {
        ClassLoader application = context.getClassLoader();
        try {
            if (type(application, "inject.spi.CDI").getClassLoader() == application) {
                context.getObjectFactory().addDecorator(new CdiDecorator(application));
                context.setAttribute(MODE, INJECTED_BY_CONTAINER);
            }
        } catch (ClassNotFoundException | LinkageError e) {
            LOG.debug("{} has no CDI", context.getContextPath(), e);
        }
    }

    /** {@return the decorator of an application, or null if it has no CDI} */
    static CdiDecorator of(ServletContextHandler context) {
        for (Decorator decorator : context.getObjectFactory()) {
            if (decorator instanceof CdiDecorator cdi) {
                return cdi;
            }
        }
        return null;
    }

    @Override
    public <T> T decorate(T object) {
        if (!wantsInjection(object.getClass())) {
            return object;
        }
        try {
            inject(object);
        } catch (ReflectiveOperationException e) {
            if (object instanceof Servlet || object instanceof Filter) {
                throw new IllegalStateException(
                        "CDI cannot inject into " + object.getClass().getName(), e);
            }
            LOG.debug("CDI cannot inject into {} yet", object, e);
            early.add(object);
        }
        return object;
    }

    /** Only objects of classes that ask for injection are passed to the CDI. */
    private boolean wantsInjection(Class<?> type) {
        try {
            for (Class<?> c = type; c != null && c.getClassLoader() == application; c = c.getSuperclass()) {
                if (Stream.of(c.getDeclaredFields(), c.getDeclaredMethods())
                        .flatMap(Stream::of)
                        .anyMatch(member -> member.isAnnotationPresent(inject))) {
                    return true;
                }
            }
        } catch (LinkageError e) {
            LOG.debug("{} cannot be looked into", type, e);
        }
        return false;
    }

    private void inject(Object object) throws ReflectiveOperationException {
        Object manager;
        try {
            manager = call("inject.spi.CDI", "getBeanManager", call("inject.spi.CDI", "current", null));
        } catch (InvocationTargetException e) {
            // Another framework reads the annotations, as Spring does, and a library has brought the API along.
            LOG.debug("No CDI has started", e);
            return;
        }
        Object type = call("inject.spi.BeanManager", "createAnnotatedType", manager, object.getClass());
        Object factory = call("inject.spi.BeanManager", "getInjectionTargetFactory", manager, type);
        Object target = call("inject.spi.InjectionTargetFactory", "createInjectionTarget", factory, (Object) null);
        Object context = call("inject.spi.BeanManager", "createCreationalContext", manager, (Object) null);
        call("inject.spi.InjectionTarget", "inject", target, object, context);
        injections.put(object, new Injection(target, context));
    }

    /**
     * Tries again. Some CDI libraries start in a listener of their own; by then the listeners of the application have
     * been made, although none has been called.
     */
    void injectLate() {
        List<Object> objects = List.copyOf(early);
        early.clear();
        objects.forEach(this::decorate);
    }

    /** Warns if a listener that is about to be called could not be injected into. */
    void warnIfEarly(Object listener) {
        if (early.contains(listener)) {
            LOG.warn("CDI cannot inject into {}", listener.getClass().getName());
        }
    }

    @Override
    public void destroy(Object object) {
        Injection injection = injections.remove(object);
        if (injection == null) {
            return;
        }
        try {
            call("inject.spi.InjectionTarget", "dispose", injection.target(), object);
            call("context.spi.CreationalContext", "release", injection.context());
        } catch (ReflectiveOperationException e) {
            LOG.debug("What was injected into {} cannot be released", object, e);
        }
    }

    private Object call(String type, String method, Object object, Object... arguments)
            throws ReflectiveOperationException {
        for (Method candidate : type(application, type).getMethods()) {
            if (candidate.getName().equals(method) && candidate.getParameterCount() == arguments.length) {
                return candidate.invoke(object, arguments);
            }
        }
        throw new NoSuchMethodException(type + "." + method);
    }

    private static Class<?> type(ClassLoader application, String name) throws ClassNotFoundException {
        return application.loadClass("${namespace}.enterprise." + name);
    }
}
