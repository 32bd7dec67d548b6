package app;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.Provider;
import java.security.Security;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.util.List;
import java.util.Properties;
import java.util.Timer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.management.ObjectName;
import ${namespace}.servlet.ServletException;
import ${namespace}.servlet.annotation.WebServlet;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;

/** Puts itself into every place of the JVM that it finds, and does not clean up. */
@WebServlet(value = "/leaks", loadOnStartup = 1)
public class Leaks extends HttpServlet {
    private static final ThreadLocal<List<Object>> LOCAL = new ThreadLocal<>();

    @Override
    public void init() throws ServletException {
        try {
            // What an initialization leaves, another thread than that of requests has.
            LOCAL.set(List.of(this));
            DriverManager.registerDriver(new LeakyDriver());
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(new Bean(), new ObjectName("app:context=" + getServletContext().getContextPath().substring(1)));
            Logger.getLogger("").addHandler(new LeakyHandler());
            Security.addProvider(new LeakyProvider());
            Runtime.getRuntime().addShutdownHook(new Thread(LeakyHook::run, "leaky-hook"));
            Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> failure.printStackTrace());
        } catch (Exception e) {
            throw new ServletException(e);
        }
        if (getServletContext().getResourceAsStream("/timer.txt") != null) {
            new Timer("leaky-timer", true).schedule(new java.util.TimerTask() {
                @Override
                public void run() {}
            }, 3_600_000);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        LOCAL.set(List.of(this));
        response.getWriter().print(new String(getServletContext().getResourceAsStream("/version.txt").readAllBytes()));
    }

    public interface BeanMBean {}

    public static class Bean implements BeanMBean {}

    /** A class of its own, which is not loaded before it runs. */
    private static final class LeakyHook {
        static void run() {
            System.err.println("the hook of the application has run");
        }
    }

    private static final class LeakyProvider extends Provider {
        private static final long serialVersionUID = 1;

        LeakyProvider() {
            super("Leaky", "1", "none");
        }
    }

    private static final class LeakyHandler extends Handler {
        @Override
        public void publish(LogRecord record) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static final class LeakyDriver implements Driver {
        @Override
        public Connection connect(String url, Properties info) {
            return null;
        }

        @Override
        public boolean acceptsURL(String url) {
            return false;
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return null;
        }
    }
}
