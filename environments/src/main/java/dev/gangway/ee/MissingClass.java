package dev.gangway.ee;

import org.eclipse.jetty.${environment}.servlet.BaseHolder;
import org.eclipse.jetty.util.Loader;

/** Finds the name of a class that an application needs and does not have. */
final class MissingClass {
    private MissingClass() {}

    /** {@return that of a servlet, filter or listener, or one that it is derived from; null if it can be loaded} */
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

    /** {@return the one for lack of which something has failed, or null if that was not the reason} */
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
