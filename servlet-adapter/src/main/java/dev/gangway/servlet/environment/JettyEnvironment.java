package dev.gangway.servlet.environment;

import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.failure.XmlMistake;
import dev.gangway.servlet.request.PathGate;
import dev.gangway.servlet.request.QuotedCookies;
import dev.gangway.servlet.request.RequestRules;
import dev.gangway.servlet.request.SuspiciousPath;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
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
    public static Environment of(ServletEnvironment wanted, Libraries libraries) throws StartFailure {
        Environment existing = Environment.get(wanted.toString());
        if (existing != null) {
            return existing;
        }
        Environment environment = Environment.create(wanted.toString(), classLoader(wanted, libraries));
        environment.setAttribute(
                ContextHandlerFactory.DEFAULT_CONTEXT_HANDLER_CLASS_ATTRIBUTE, "dev.gangway.ee.Webapp");
        environment.setAttribute(Deployable.CONTAINER_SCAN_JARS, SCANNED_JARS);
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

    private static ClassLoader classLoader(ServletEnvironment environment, Libraries libraries) throws StartFailure {
        return new URLClassLoader(
                environment.toString(), libraries.classPath(environment), JettyEnvironment.class.getClassLoader());
    }
}
