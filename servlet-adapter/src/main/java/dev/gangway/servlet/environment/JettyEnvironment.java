package dev.gangway.servlet.environment;

import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.failure.XmlMistake;
import dev.gangway.servlet.request.PathGate;
import dev.gangway.servlet.request.QuotedCookies;
import dev.gangway.servlet.request.RequestRules;
import dev.gangway.servlet.request.SuspiciousPath;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.deploy.ContextHandlerFactory;
import org.eclipse.jetty.deploy.StandardContextHandlerFactory;
import org.eclipse.jetty.ee.webapp.WebAppClassLoading;
import org.eclipse.jetty.server.Deployable;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Attributes;
import org.eclipse.jetty.util.component.Environment;

/**
 * Jetty's side of a {@link ServletEnvironment}: the servlet container and the APIs that it brings, in a class loader of
 * their own, since two environments have different classes of the same names. Its attributes hold for every application
 * in it.
 */
public final class JettyEnvironment {
    /** Jars of an environment that are searched for tag libraries. */
    private static final String SCANNED_JARS =
            ".*/(javax|jakarta)\\.servlet\\.jsp\\.jstl-[^/]*\\.jar|.*/wasp-[^/]*\\.jar";

    /**
     * Set by the start script: the environment whose jars are on the class path of the JVM, since the JVM keeps the
     * classes of its class path, and only those, ready for the next start.
     */
    private static final String RESIDENT = System.getProperty("gangway.environment", "");

    /**
     * APIs that an environment has only because others refer to them. A servlet container does not implement them; what
     * does comes with the application, with the version of the API that it implements.
     */
    private static final String[] APIS_OF_APPLICATIONS = {
        "-jakarta.activation.",
        "-jakarta.decorator.",
        "-jakarta.enterprise.",
        "-jakarta.transaction.TransactionScoped",
        "-jakarta.transaction.Transactional",
        "-jakarta.xml.bind.",
        "-javax.transaction.TransactionScoped",
        "-javax.transaction.Transactional"
    };

    /** The environment's JSP engine is used even if the application contains Tomcat's, and it logs to Gangway's log. */
    private static final String[] PAGE_ENGINE = {
        "org.apache.el.",
        "org.apache.jasper.",
        "org.apache.juli.",
        "org.apache.tomcat.InstanceManager",
        "org.apache.tomcat.SimpleInstanceManager"
    };

    private JettyEnvironment() {}

    /**
     * {@return Jetty's environment, made on first use}
     *
     * @param libraries the jars that it consists of
     */
    public static synchronized Environment of(ServletEnvironment wanted, Libraries libraries) throws StartFailure {
        Environment existing = Environment.get(wanted.toString());
        if (existing != null) {
            return existing;
        }
        Environment environment = Environment.create(wanted.toString(), classLoader(wanted, libraries));
        environment.setAttribute(
                ContextHandlerFactory.DEFAULT_CONTEXT_HANDLER_CLASS_ATTRIBUTE, "dev.gangway.ee.Webapp");
        environment.setAttribute(Deployable.CONTAINER_SCAN_JARS, scannedJars(wanted));
        // An application sees nothing of Gangway but the API, and its own copy of the API is not used.
        WebAppClassLoading.addHiddenClasses(
                environment, "dev.gangway.", "-dev.gangway.api.", "picocli.", "org.objectweb.asm.");
        // Otherwise an application's own SLF4J would find the name of our logger, but not its class.
        WebAppClassLoading.addHiddenClasses(environment, "META-INF.services.org.slf4j.");
        WebAppClassLoading.addProtectedClasses(environment, "dev.gangway.api.");
        WebAppClassLoading.addProtectedClasses(environment, APIS_OF_APPLICATIONS);
        WebAppClassLoading.addProtectedClasses(environment, PAGE_ENGINE);
        WebAppClassLoading.addProtectedClasses(environment, "org.eclipse.jetty." + wanted + ".apache.");
        return environment;
    }

    /**
     * {@return a context for an application, not yet started}
     *
     * @param location a WAR, a directory with the content of one, or a context in Jetty's XML
     * @param attributes settings for this application, by the names of {@link Deployable}
     */
    public static ContextHandler newContext(
            Server server, Environment environment, Path location, Map<String, String> attributes) throws StartFailure {
        // They override those of the environment, which hold for all applications.
        Attributes all = new Attributes.Layer(environment);
        attributes.forEach(all::setAttribute);
        all.setAttribute(ContextHandlerFactory.ENVIRONMENT_ATTRIBUTE, environment.getName());
        PathGate gate = new PathGate(allowedPaths(server, location, attributes));
        try {
            ContextHandler context =
                    new StandardContextHandlerFactory().newContextHandler(server, environment, location, Set.of(), all);
            context.insertHandler(gate);
            if (environment.getName().equals(ServletEnvironment.EE11.toString())) {
                context.insertHandler(new QuotedCookies());
            }
            return context;
        } catch (Exception e) {
            throw new StartFailure(location + " cannot be served: " + XmlMistake.explain(location, e), e);
        }
    }

    private static Set<SuspiciousPath> allowedPaths(Server server, Path location, Map<String, String> attributes)
            throws StartFailure {
        String own = attributes.get(SuspiciousPath.SETTING);
        if (own == null) {
            return RequestRules.of(server).paths();
        }
        try {
            return SuspiciousPath.parse(Arrays.stream(own.split(","))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList());
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    location + " cannot be served: " + SuspiciousPath.SETTING + ": " + e.getMessage(), e);
        }
    }

    /** Jetty looks at all of the class path. */
    private static String scannedJars(ServletEnvironment wanted) {
        return RESIDENT.isEmpty() || wanted.toString().equals(RESIDENT)
                ? SCANNED_JARS
                : "(?!.*/lib/" + RESIDENT + "/[^/]*)(" + SCANNED_JARS + ")";
    }

    private static ClassLoader classLoader(ServletEnvironment wanted, Libraries libraries) throws StartFailure {
        URL[] classPath = libraries.classPath(wanted);
        ClassLoader server = JettyEnvironment.class.getClassLoader();
        if (RESIDENT.isEmpty()) {
            return new URLClassLoader(wanted.toString(), classPath, server);
        }
        if (wanted.toString().equals(RESIDENT) && libraries.added().isEmpty()) {
            return server;
        }
        return new URLClassLoader(
                wanted.toString(),
                classPath,
                new Core(server, libraries.environments().resolve(RESIDENT)));
    }

    /** The class path of the JVM without the environment that is on it, for applications of other environments. */
    private static final class Core extends ClassLoader {
        static {
            registerAsParallelCapable();
        }

        private final Path resident;

        Core(ClassLoader classPath, Path resident) {
            super("core", classPath);
            this.resident = resident;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("java.")) {
                URL file = getParent().getResource(name.replace('.', '/') + ".class");
                if (file == null || isResident(file)) {
                    throw new ClassNotFoundException(name);
                }
            }
            return super.loadClass(name, resolve);
        }

        @Override
        public URL getResource(String name) {
            URL first = super.getResource(name);
            return first == null || !isResident(first)
                    ? first
                    : getParent()
                            .resources(name)
                            .filter(file -> !isResident(file))
                            .findFirst()
                            .orElse(null);
        }

        @Override
        public Enumeration<URL> getResources(String name) {
            return Collections.enumeration(getParent()
                    .resources(name)
                    .filter(file -> !isResident(file))
                    .toList());
        }

        private boolean isResident(URL file) {
            String path = file.getPath();
            return file.getProtocol().equals("jar")
                    && Path.of(URI.create(path.substring(0, path.lastIndexOf("!/"))))
                            .startsWith(resident);
        }
    }
}
