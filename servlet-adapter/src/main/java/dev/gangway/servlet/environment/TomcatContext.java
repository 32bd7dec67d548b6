package dev.gangway.servlet.environment;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.eclipse.jetty.util.resource.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's {@code META-INF/context.xml}, which no other container reads: an application that relies on it lacks
 * something.
 */
public final class TomcatContext {
    private static final Logger LOG = LoggerFactory.getLogger(TomcatContext.class);

    private static final String FILE = "META-INF/context.xml";

    /** Elements about how Tomcat works, and not about what the application finds. */
    private static final Set<String> ABOUT_TOMCAT =
            Set.of("Loader", "Manager", "WatchedResource", "JarScanner", "Resources", "CookieProcessor", "Listener");

    private TomcatContext() {}

    /**
     * Warns of what an application has set up in it.
     *
     * @param application the directory with its content, or null if it has none
     * @param isSetUp whether something with this name is set up elsewhere
     */
    public static void warn(String contextPath, Resource application, Predicate<String> isSetUp) {
        Resource file = application == null ? null : application.resolve(FILE);
        if (file == null || !file.exists()) {
            return;
        }
        List<String> elements = elements(file, isSetUp);
        if (!elements.isEmpty()) {
            LOG.warn(
                    "{} of {} is Tomcat's and is not read. It sets up {}; set that up in a context in Jetty's XML, which"
                            + " gangway run and serve accept",
                    FILE,
                    contextPath,
                    String.join(", ", elements));
        }
    }

    /** {@return the elements directly below the root element, with their names, as far as the file is well-formed} */
    static List<String> elements(Resource file, Predicate<String> isSetUp) {
        List<String> elements = new ArrayList<>();
        try (InputStream in = file.newInputStream()) {
            XMLStreamReader xml = Descriptor.reader(in);
            int depth = 0;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT && ++depth == 2) {
                    String name = xml.getAttributeValue(null, "name");
                    if (!ABOUT_TOMCAT.contains(xml.getLocalName()) && (name == null || !isSetUp.test(name))) {
                        elements.add(name == null ? xml.getLocalName() : xml.getLocalName() + " " + name);
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    depth--;
                }
            }
        } catch (IOException | XMLStreamException e) {
            LOG.debug("{}", file, e);
        }
        return elements;
    }
}
