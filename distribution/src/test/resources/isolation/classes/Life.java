package app;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import ${namespace}.servlet.ServletContext;
import ${namespace}.servlet.ServletContextEvent;
import ${namespace}.servlet.ServletContextListener;

/** Fails at the moment and in the manner that the descriptor says. */
public class Life implements ServletContextListener {
    private static final String NEVER = "never";

    static void reach(ServletContext context, String moment) {
        if (!moment.equals(context.getInitParameter("moment"))) {
            return;
        }
        String manner = context.getInitParameter("manner");
        switch (manner) {
            case "NoClassDefFoundError":
                throw new NoClassDefFoundError("org/foo/Bar");
            case "ExceptionInInitializerError":
                Broken.touch();
                break;
            case "StackOverflowError":
                deeper(1);
                break;
            case "RuntimeException":
                throw new IllegalStateException("on purpose");
            case "thread":
                new Thread(Life::park).start();
                throw new NoClassDefFoundError("org/foo/Bar");
            case "hook":
                Runtime.getRuntime().addShutdownHook(new Thread(Life::park));
                throw new NoClassDefFoundError("org/foo/Bar");
            case "park":
                park();
                break;
            default:
                read(manner);
        }
    }

    private static int deeper(int depth) {
        return deeper(depth + 1) + 1;
    }

    private static void park() {
        while (true) {
            LockSupport.park();
        }
    }

    private static void read(String file) {
        try (FileInputStream in = new FileInputStream(file)) {
            in.read();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read my configuration", e);
        }
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        reach(event.getServletContext(), "listener-start");
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        reach(event.getServletContext(), "listener-end");
    }

    private static class Broken {
        private static final int NUMBER = Integer.parseInt(NEVER);

        static void touch() {}
    }
}
