package dev.gangway.servlet.login;

import dev.gangway.servlet.failure.StartFailure;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Properties;
import org.eclipse.jetty.security.PropertyUserStore;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.util.resource.ResourceFactory;

/** A file with users, passwords and roles in Jetty's format. */
public final class UsersFile {
    private UsersFile() {}

    /**
     * {@return the users in a file}
     *
     * @param content of the file, which was readable
     * @throws StartFailure if the file is malformed: Jetty would read no user from it, or one without a password
     */
    public static UserStore load(Path file, String content) throws StartFailure {
        Properties users = new Properties();
        try {
            users.load(new StringReader(content));
        } catch (IOException | IllegalArgumentException e) {
            throw new StartFailure("cannot read the users in " + file + ": " + e.getMessage(), e);
        }
        if (users.isEmpty()) {
            throw new StartFailure("no user in " + file + ": want lines 'NAME: PASSWORD,ROLE,...'");
        }
        for (String name : users.stringPropertyNames()) {
            String password = users.getProperty(name).split(",", 2)[0];
            if (name.isBlank() || password.isBlank()) {
                throw new StartFailure(
                        "user '" + name + "' in " + file + " has no password: want 'NAME: PASSWORD,ROLE,...'");
            }
        }
        return store(file);
    }

    private static UserStore store(Path file) throws StartFailure {
        PropertyUserStore store = new PropertyUserStore();
        store.setConfig(ResourceFactory.root().newResource(file));
        try {
            // Each application starts and stops a realm of its own on top of it.
            store.start();
        } catch (Exception e) {
            throw new StartFailure("cannot read the users in " + file + ": " + e.getMessage(), e);
        }
        return store;
    }
}
