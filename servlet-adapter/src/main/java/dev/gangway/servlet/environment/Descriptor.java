package dev.gangway.servlet.environment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What {@code WEB-INF/web.xml} says about the environment of an application.
 *
 * @param environment the environment that its root element asks for, or null if there is no descriptor
 * @param classes the classes of the servlets, filters and listeners that it names, as paths in a jar
 */
record Descriptor(ServletEnvironment environment, Set<String> classes) {
    private static final String JAKARTA = "https://jakarta.ee/xml/ns/jakartaee";
    private static final Set<String> CLASS_ELEMENTS = Set.of("servlet-class", "filter-class", "listener-class");
    private static final Pattern SCHEMA_VERSION = Pattern.compile("web-app_(\\d+)_(\\d+)\\.xsd");
    private static final Pattern VERSION = Pattern.compile("\\s*(\\d+)\\.(\\d+)\\s*");

    /** {@return the descriptor of an application; as much of it as is well-formed} */
    static Descriptor of(Archive war) throws IOException {
        Path file = war.file("WEB-INF/web.xml");
        if (!Files.isRegularFile(file)) {
            return new Descriptor(null, Set.of());
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        }
    }

    /** {@return a reader that fetches nothing and expands no entities} */
    static XMLStreamReader reader(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory.createXMLStreamReader(in);
    }

    private static Descriptor read(InputStream in) {
        ServletEnvironment environment = ServletEnvironment.EE8;
        Set<String> classes = new HashSet<>();
        try {
            XMLStreamReader xml = reader(in);
            while (!xml.isStartElement()) {
                xml.next();
            }
            environment = environment(xml);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT && CLASS_ELEMENTS.contains(xml.getLocalName())) {
                    classes.add(xml.getElementText().strip().replace('.', '/') + ".class");
                }
            }
        } catch (XMLStreamException e) {
            // Jetty reports it, with the line number.
        }
        return new Descriptor(environment, classes);
    }

    /**
     * Uses the version of the root element, else that of its schema; a descriptor without a namespace is an old one.
     */
    private static ServletEnvironment environment(XMLStreamReader xml) {
        String version = xml.getAttributeValue(null, "version");
        Matcher matcher = VERSION.matcher(version == null ? "" : version);
        if (matcher.matches()) {
            return environment(matcher);
        }
        String schema = xml.getAttributeValue("http://www.w3.org/2001/XMLSchema-instance", "schemaLocation");
        matcher = SCHEMA_VERSION.matcher(schema == null ? "" : schema);
        if (matcher.find()) {
            return environment(matcher);
        }
        return JAKARTA.equals(xml.getNamespaceURI()) ? ServletEnvironment.EE11 : ServletEnvironment.EE8;
    }

    private static ServletEnvironment environment(Matcher version) {
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        return switch (major) {
            case 5 -> ServletEnvironment.EE9;
            case 6 -> minor == 0 ? ServletEnvironment.EE10 : ServletEnvironment.EE11;
            default -> major < 5 ? ServletEnvironment.EE8 : ServletEnvironment.EE11;
        };
    }
}
