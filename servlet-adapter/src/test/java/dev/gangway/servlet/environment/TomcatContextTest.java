package dev.gangway.servlet.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application has for Tomcat alone. */
class TomcatContextTest {
    @TempDir
    private Path folder;

    @Test
    void whatTheApplicationWillLackIsNamed() throws IOException {
        assertThat(elements("<Context><Resource name='jdbc/x'><a name='b'/></Resource><ResourceLink name='jdbc/y'/>"
                        + "<Environment name='size' value='1'/><Valve/></Context>"))
                .containsExactly("Resource jdbc/x", "ResourceLink jdbc/y", "Environment size", "Valve");
    }

    @Test
    void whatIsSetUpElsewhereIsNot() throws IOException {
        assertThat(elements("<Context><Resource name='jdbc/there'/><Resource name='jdbc/x'/></Context>"))
                .containsExactly("Resource jdbc/x");
    }

    @Test
    void whatIsOnlyAboutTomcatIsNot() throws IOException {
        assertThat(elements("<Context path='/x' reloadable='true'/>")).isEmpty();
        assertThat(elements(
                        "<Context><Loader/><Manager pathname=''/><JarScanner><JarScanFilter/></JarScanner></Context>"))
                .isEmpty();
    }

    @Test
    void asMuchAsIsWellFormedCounts() throws IOException {
        assertThat(elements("<Context><Resource name='jdbc/x'/><Resource")).containsExactly("Resource jdbc/x");
        assertThat(elements("")).isEmpty();
    }

    private List<String> elements(String xml) throws IOException {
        Path file = Files.writeString(folder.resolve("context.xml"), xml);
        return TomcatContext.elements(ResourceFactory.root().newResource(file), "jdbc/there"::equals);
    }
}
