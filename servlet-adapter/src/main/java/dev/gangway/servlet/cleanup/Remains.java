package dev.gangway.servlet.cleanup;

import java.lang.Thread.State;
import java.lang.reflect.Field;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.eclipse.jetty.ee.webapp.WebAppClassLoader;
import org.slf4j.LoggerFactory;

/**
 * What an application has registered in the JVM and did not remove when it stopped. Each of these objects keeps all
 * classes of the application in memory, so every redeployment would leak memory. What can be removed is removed; a
 * thread can only be named.
 *
 * @param name what the application is called in the log
 * @param classes the class loader of the context
 */
public record Remains(String name, ClassLoader classes) {
    /** A thread pool ends a little after it was told to. */
    private static final long THREADS_MILLIS = 500;

    private static final long POLL_MILLIS = 10;

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Remains.class);

    /** {@return whether the context has classes of an application, and not only ours} */
    public boolean isApplication() {
        return classes instanceof WebAppClassLoader;
    }

    /**
     * Runs the shutdown hooks of the application now, while they have its classes, which have to be gone long before
     * the process ends.
     */
    public void runShutdownHooks() {
        attempt("shutdown hooks", this::runOwnShutdownHooks);
    }

    /** Removes what can be removed after the application has stopped, and logs all that was left. */
    public void clear() {
        attempt("JDBC drivers", this::deregisterDrivers);
        attempt("log handlers", this::removeLogHandlers);
        attempt("MBeans", this::unregisterMBeans);
        attempt("security providers", this::removeProviders);
        runShutdownHooks();
        attempt("caches", this::clearCaches);
        attempt("threads", this::tellThreads);
    }

    private void attempt(String what, Step step) {
        try {
            step.run();
        } catch (Throwable e) {
            LOG.warn("Cannot look for {} of {}", what, name, e);
        }
    }

    private boolean isOurs(Object object) {
        return object != null && isOurs(object.getClass().getClassLoader());
    }

    private boolean isOurs(ClassLoader loader) {
        for (ClassLoader each = loader; each != null; each = each.getParent()) {
            if (each == classes) {
                return true;
            }
        }
        return false;
    }

    private void deregisterDrivers() throws Exception {
        for (String driver : JdbcDrivers.deregister(classes)) {
            LOG.warn("{} has left the JDBC driver {}, which is deregistered", name, driver);
        }
    }

    /** Most likely those of an application that sends the log of all applications to its own. */
    private void removeLogHandlers() {
        LogManager manager = LogManager.getLogManager();
        for (String loggerName : Collections.list(manager.getLoggerNames())) {
            Logger logger = manager.getLogger(loggerName);
            for (Handler handler : logger == null ? new Handler[0] : logger.getHandlers()) {
                if (isOurs(handler)) {
                    logger.removeHandler(handler);
                    LOG.warn("{} has left the log handler {}, which is removed", name, className(handler));
                }
            }
        }
    }

    private void unregisterMBeans() throws JMException {
        for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
            for (ObjectName bean : server.queryNames(null, null)) {
                if (isOurs(server.getClassLoaderFor(bean))) {
                    server.unregisterMBean(bean);
                    LOG.warn("{} has left the MBean {}, which is unregistered", name, bean);
                }
            }
        }
    }

    private void removeProviders() {
        for (Provider provider : Security.getProviders()) {
            if (isOurs(provider)) {
                Security.removeProvider(provider.getName());
                LOG.warn("{} has left the security provider {}, which is removed", name, provider.getName());
            }
        }
    }

    /**
     * A hook whose class is from a library of the environment is for all applications that share the library, even if a
     * thread of this one has made it.
     */
    private boolean isOurHook(Thread hook) {
        return isOurs(hook) || (hook.getClass() == Thread.class && isOurs(hook.getContextClassLoader()));
    }

    private void runOwnShutdownHooks() throws ReflectiveOperationException, InterruptedException {
        List<Thread> ours = new ArrayList<>();
        Map<Thread, Thread> hooks = shutdownHooks();
        synchronized (Class.forName("java.lang.ApplicationShutdownHooks")) {
            hooks.keySet().stream().filter(this::isOurHook).forEach(ours::add);
        }
        for (Thread hook : ours) {
            Runtime.getRuntime().removeShutdownHook(hook);
            hook.setDaemon(true);
            hook.start();
            LOG.warn("{} has left the shutdown hook {}, which runs now", name, hook.getName());
        }
        for (Thread hook : ours) {
            hook.join(THREADS_MILLIS);
        }
    }

    /** No public API lists them. */
    @SuppressWarnings("unchecked")
    private static Map<Thread, Thread> shutdownHooks() throws ReflectiveOperationException {
        Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
        // The start script opens the package.
        return hooks.trySetAccessible() ? (Map<Thread, Thread>) hooks.get(null) : Map.of();
    }

    private void clearCaches() {
        ResourceBundle.clearCache(classes);
        java.beans.Introspector.flushCaches();
        if (isOurs(Thread.getDefaultUncaughtExceptionHandler())) {
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
    }

    private void tellThreads() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(THREADS_MILLIS);
        while (!threads().isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
        for (Thread thread : threads()) {
            LOG.warn(
                    "{} has left the thread {}, which keeps its classes in memory as long as it runs{}",
                    name,
                    thread.getName(),
                    place(thread));
        }
    }

    private List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread != Thread.currentThread() && thread.getState() != State.TERMINATED)
                .filter(thread -> isOurs(thread) || isOurs(thread.getContextClassLoader()))
                .toList();
    }

    private static String place(Thread thread) {
        StackTraceElement[] trace = thread.getStackTrace();
        return trace.length == 0 ? "" : ", now in " + trace[0];
    }

    private static String className(Object object) {
        return object.getClass().getName();
    }

    private interface Step {
        void run() throws Exception;
    }
}
