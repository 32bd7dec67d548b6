package dev.gangway.servlet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.jetty.util.Scanner.Notification.ADDED;
import static org.eclipse.jetty.util.Scanner.Notification.CHANGED;
import static org.eclipse.jetty.util.Scanner.Notification.REMOVED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.deploy.Deployer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.FileID;
import org.eclipse.jetty.util.Scanner.Notification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the deployer hears of the changes that Jetty's scanner finds. */
class WebappsScannerTest {
    @TempDir
    private Path folder;

    private final AtomicLong clock = new AtomicLong();
    private final Retries retries = new Retries(clock::get);
    private final List<String> heard = new ArrayList<>();
    private Path apps;
    private WebappsScanner scanner;

    @BeforeEach
    void create() throws IOException {
        apps = Files.createDirectory(folder.resolve("webapps"));
        scanner = new WebappsScanner(
                new Server(),
                new Listener(),
                (server, environment, path, others, attributes) -> new ContextHandler("/" + FileID.getBasename(path)),
                retries,
                apps,
                0);
    }

    @Test
    void applicationComesChangesAndGoes() throws IOException {
        Path war = write("a.war", "1");
        scanner.pathsChanged(Map.of(war, ADDED));
        write("a.war", "22");
        scanner.pathsChanged(Map.of(war, CHANGED));
        Files.delete(war);
        scanner.pathsChanged(Map.of(war, REMOVED));

        assertThat(heard).containsExactly("deploy /a", "redeploy /a", "undeploy /a");
    }

    @Test
    void reportsWithoutAChangeAreIgnored() throws IOException {
        Path war = write("a.war", "1");
        Path properties = write("a.properties", "");
        for (Notification report : new Notification[] {ADDED, REMOVED, ADDED, CHANGED}) {
            scanner.pathsChanged(Map.of(war, report, properties, report, apps, report));
        }

        assertThat(heard).containsExactly("deploy /a");
    }

    @Test
    void propertiesBelongToTheirApplication() throws IOException {
        Path war = write("a.war", "1");
        scanner.pathsChanged(Map.of(war, ADDED));
        Path properties = write("a.properties", "x=y");
        scanner.pathsChanged(Map.of(properties, ADDED));
        write("a.properties", "x=yz");
        scanner.pathsChanged(Map.of(properties, CHANGED));
        Files.delete(properties);
        scanner.pathsChanged(Map.of(properties, REMOVED));

        assertThat(heard).containsExactly("deploy /a", "redeploy /a", "redeploy /a", "redeploy /a");
    }

    @Test
    void propertiesAloneAreNoApplication() throws IOException {
        Path properties = write("a.properties", "x=y");
        scanner.pathsChanged(Map.of(properties, ADDED));
        assertThat(heard).isEmpty();

        Path war = write("a.war", "1");
        scanner.pathsChanged(Map.of(war, ADDED));
        Files.delete(war);
        scanner.pathsChanged(Map.of(war, REMOVED));

        assertThat(heard).containsExactly("deploy /a", "undeploy /a");
    }

    @Test
    void otherKindOfTheSameNameReplacesTheFirst() throws IOException {
        Path war = write("a.war", "1");
        scanner.pathsChanged(Map.of(war, ADDED));
        Files.delete(war);
        Path directory = Files.createDirectory(apps.resolve("a"));
        scanner.pathsChanged(Map.of(war, REMOVED, directory, ADDED));

        assertThat(heard).containsExactly("deploy /a", "redeploy /a");
    }

    @Test
    void nameThatIsThereTwiceDoesNotStopTheOthers() throws IOException {
        scanner.pathsChanged(
                Map.of(write("a.war", "1"), ADDED, write("A.war", "1"), ADDED, write("b.war", "1"), ADDED));

        assertThat(heard).containsExactly("deploy /b");
    }

    @Test
    void nothingChangesWhileTheDirectoryIsGone() throws IOException {
        Path a = write("a.war", "1");
        Path b = write("b.war", "1");
        scanner.pathsChanged(Map.of(a, ADDED, b, ADDED));
        Path elsewhere = Files.move(apps, folder.resolve("elsewhere"));
        scanner.pathsChanged(Map.of(a, REMOVED, b, REMOVED));
        assertThat(heard).containsExactly("deploy /a", "deploy /b");

        Files.delete(elsewhere.resolve("b.war"));
        Files.move(elsewhere, apps);
        scanner.pathsChanged(Map.of(apps, ADDED, a, ADDED));

        assertThat(heard).containsExactly("deploy /a", "deploy /b", "undeploy /b");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(apps.resolve(name), text);
    }

    private class Listener implements Deployer {
        @Override
        public void deploy(ContextHandler context) {
            heard.add("deploy " + context.getContextPath());
        }

        @Override
        public void redeploy(ContextHandler old, ContextHandler context) {
            heard.add("redeploy " + old.getContextPath());
        }

        @Override
        public void undeploy(ContextHandler context) {
            heard.add("undeploy " + context.getContextPath());
        }
    }
}
