package dev.gangway.servlet.environment;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why an application did not start, in words for the user. */
public final class StartCause {
    /** How the JVM names a missing class or method. */
    private static final Pattern MISSING = Pattern.compile("(javax|jakarta)[./](?:servlet|websocket|el)\\b[\\w./$]*");

    /** What Jetty says about a {@code resource-ref} without a resource. */
    private static final Pattern UNBOUND = Pattern.compile("Nothing to bind for name (\\S+)");

    /** Classes of the JDK that access the file system. */
    private static final Pattern FILE_CLASSES =
            Pattern.compile("(sun\\.nio\\.ch\\.(File|UnixFile)|java\\.io\\.(File|RandomAccessFile|UnixFileSystem)).*");

    private StartCause() {}

    /**
     * {@return one line: what is missing and how to get it, else the error itself}
     *
     * @param environment that of the application, or null if it has none
     * @param advice how to get another one, whose name replaces {@code %s}
     */
    public static String explain(Throwable failure, ServletEnvironment environment, String advice) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
            Matcher missing = missing(cause);
            if (environment != null && missing != null && missing.find()) {
                return "it needs " + missing.group().replace('/', '.') + ", which " + environment + " does not have; "
                        + advice.formatted(environmentWith(missing.group(1), environment));
            }
        }
        Matcher unbound = root.getMessage() == null ? null : UNBOUND.matcher(root.getMessage());
        if (unbound != null && unbound.matches()) {
            return "its descriptor asks for the resource " + unbound.group(1)
                    + ", which is not set up; set it up in a context in Jetty's XML, and serve that instead of the WAR";
        }
        return root + "; the log says more";
    }

    /**
     * {@return whether it may work later although the application does not change: permission or disk space was
     * missing}
     */
    public static boolean mayPass(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileSystemException || cause instanceof FileNotFoundException || isOfWriting(cause)) {
                return true;
            }
        }
        return false;
    }

    /** A full disk is an {@link IOException} like any other, and its text is in the language of the system. */
    private static boolean isOfWriting(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return cause.getClass() == IOException.class
                && trace.length > 0
                && FILE_CLASSES.matcher(trace[0].getClassName()).matches();
    }

    private static Matcher missing(Throwable cause) {
        boolean isMissing = cause instanceof LinkageError || cause instanceof ClassNotFoundException;
        return isMissing && cause.getMessage() != null ? MISSING.matcher(cause.getMessage()) : null;
    }

    private static ServletEnvironment environmentWith(String namespace, ServletEnvironment environment) {
        if (namespace.equals("javax")) {
            return ServletEnvironment.EE8;
        }
        // Of the jakarta environments, what a later one lacks was removed, and what an earlier one lacks is new.
        return environment.compareTo(ServletEnvironment.EE9) <= 0 ? ServletEnvironment.EE11 : ServletEnvironment.EE9;
    }
}
