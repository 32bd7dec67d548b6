package dev.gangway.ee;

import org.eclipse.jetty.${environment}.servlet.BaseHolder;
import org.eclipse.jetty.util.Loader;

/** Finds the name of a class that an application needs and does not have. */
final class MissingClass {
    private MissingClass() {}

    /**
     * {@return the missing class of a servlet, filter or listener, or one that its class needs; null if it can be
     * loaded}
     */
    static String of(BaseHolder<?> holder) {
        if (holder.getHeldClass() != null || holder.getClassName() == null) {
            return null;
        }
        try {
            Loader.loadClass(holder.getClassName());
            return null;
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            return of(e);
        }
    }

    /** {@return the class whose absence has caused a failure, or null if that was not the reason} */
    static String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null
                    && (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError)) {
                // The JVM writes it with slashes.
                return cause.getMessage().replace('/', '.');
            }
        }
        return null;
    }
}
