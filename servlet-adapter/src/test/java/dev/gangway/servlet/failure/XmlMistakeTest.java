package dev.gangway.servlet.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.xml.XmlConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Jetty throws at a context in XML, and what of it the user reads. */
class XmlMistakeTest {
    private static final String HEAD =
            "<!DOCTYPE Configure PUBLIC '-//Jetty//Configure//EN' 'https://jetty.org/configure_10_0.dtd'>\n"
                    + "<Configure class='org.eclipse.jetty.server.handler.ContextHandler'>\n";

    @TempDir
    private Path folder;

    @Test
    void classThatIsMissing() throws IOException {
        assertThat(mistake("<New class='no.such.Thing'/>"))
                .isEqualTo("line 3: it needs the class no.such.Thing; name its jar with --lib");
        assertThat(mistake("<New class='no.such.Thing'/>\n<Call class='no.such.Thing' name='x'/>"))
                .isEqualTo("it needs the class no.such.Thing; name its jar with --lib");
    }

    @Test
    void propertyThatDoesNotExist() throws IOException {
        assertThat(mistake("\n<Set name='colour'>red</Set>"))
                .isEqualTo("line 4: org.eclipse.jetty.server.handler.ContextHandler has no property 'colour' that takes"
                        + " a java.lang.String");
    }

    @Test
    void methodThatDoesNotExist() throws IOException {
        assertThat(mistake("<Call name='paint'><Arg>1</Arg></Call>"))
                .isEqualTo("line 3: org.eclipse.jetty.server.handler.ContextHandler has no method 'paint' for these"
                        + " arguments");
    }

    @Test
    void constructorThatDoesNotExist() throws IOException {
        assertThat(mistake("<New class='java.util.ArrayList'><Arg>1</Arg><Arg>2</Arg></New>"))
                .isEqualTo("line 3: java.util.ArrayList has no constructor for these arguments");
    }

    @Test
    void referenceToNothing() throws IOException {
        assertThat(mistake("<Ref refid='shop'><Set name='war'>x</Set></Ref>"))
                .isEqualTo("line 3: nothing has the id 'shop'");
    }

    @Test
    void elementThatDoesNotExist() throws IOException {
        assertThat(mistake("<Sett name='x'/>")).isEqualTo("line 3: Element type \"Sett\" must be declared.");
    }

    @Test
    void methodThatFails() throws IOException {
        assertThat(mistake("<New class='java.net.URL'><Arg>shop</Arg></New>"))
                .isEqualTo("java.net.MalformedURLException: no protocol: shop");
    }

    private String mistake(String elements) throws IOException {
        Path xml = Files.writeString(folder.resolve("shop.xml"), HEAD + elements + "</Configure>");
        try {
            new XmlConfiguration(ResourceFactory.root().newResource(xml)).configure();
        } catch (Exception e) {
            return XmlMistake.explain(xml, e);
        }
        throw new AssertionError("no mistake");
    }
}
