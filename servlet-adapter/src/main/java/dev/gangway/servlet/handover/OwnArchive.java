package dev.gangway.servlet.handover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.server.Deployable;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Attributes;
import org.eclipse.jetty.util.IO;

/**
 * The copy of a WAR from which one version of an application starts while another has the WAR open: Jetty shares what it
 * has opened of a file among all contexts that use it, so the new version would get the content of the old one.
 *
 * @param directory has nothing but the copy
 */
public record OwnArchive(Path directory) {
    /** Holds the WAR of a context that may start from a copy. */
    private static final String WAR = "dev.gangway.war";

    /** Allows a context to start from a copy of its WAR, and so beside another version. */
    public static void allow(ContextHandler context, Path war) {
        context.setAttribute(WAR, war);
    }

    /** {@return whether a context may start from a copy of its WAR} */
    public static boolean isAllowed(ContextHandler context) {
        return context.getAttribute(WAR) != null;
    }

    /**
     * {@return a copy, from which a context will start}
     *
     * @param context one that is allowed to, and has not started
     * @param parent where to put the copy
     */
    public static OwnArchive make(ContextHandler context, Path parent) throws IOException {
        Path war = (Path) context.getAttribute(WAR);
        OwnArchive archive = new OwnArchive(Files.createTempDirectory(parent, "war-"));
        try {
            Path copy = Files.copy(war, archive.directory.resolve(war.getFileName()));
            Attributes attributes = new Attributes.Mapped();
            attributes.setAttribute(Deployable.WAR, copy.toString());
            ((Deployable) context).initializeDefaults(attributes);
            return archive;
        } catch (IOException e) {
            archive.remove();
            throw e;
        }
    }

    /** Removes the copy, after the version has stopped. */
    public void remove() {
        IO.delete(directory);
    }
}
