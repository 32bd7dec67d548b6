package dev.gangway.servlet.environment;

import dev.gangway.servlet.failure.FileProblem;
import dev.gangway.servlet.failure.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What is known of a context in Jetty's XML without making it.
 *
 * @param environment the name of the environment to which its classes belong, or null if they belong to none
 * @param war what it serves, or null if that is not simply a path
 */
public record ContextFile(String environment, Path war) {
    private static final Pattern ENVIRONMENT = Pattern.compile("\\borg\\.eclipse\\.jetty\\.(ee\\d+)\\.");
    /** A path, or a URI of one that needs no decoding. */
    private static final Pattern PATH =
            Pattern.compile("file:(?://)?(?<uri>/[^%\\x00]+)|(?![A-Za-z]+:)(?<path>[^\\x00]+)");

    public static ContextFile read(Path xml) throws StartFailure {
        try (InputStream in = Files.newInputStream(xml)) {
            Matcher environment = ENVIRONMENT.matcher(Files.readString(xml, StandardCharsets.ISO_8859_1));
            return new ContextFile(environment.find() ? environment.group(1) : null, war(Descriptor.reader(in)));
        } catch (IOException e) {
            throw new StartFailure("cannot read " + xml + ": " + FileProblem.reason(e), e);
        } catch (XMLStreamException e) {
            throw new StartFailure(xml + " cannot be served, since it is not XML: " + line(e), e);
        }
    }

    private static String line(XMLStreamException e) {
        return "line " + e.getLocation().getLineNumber();
    }

    private static Path war(XMLStreamReader xml) throws XMLStreamException {
        Path war = null;
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("Set")
                    && "war".equals(xml.getAttributeValue(null, "name"))) {
                war = path(text(xml));
            }
        }
        return war;
    }

    private static Path path(String text) {
        Matcher matcher = PATH.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String uri = matcher.group("uri");
        return Path.of(uri == null ? matcher.group("path") : uri);
    }

    /**
     * {@return the text up to the end of an element, or an empty text if the value of an element in it is not known
     * here}
     */
    private static String text(XMLStreamReader xml) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        int event = xml.next();
        while (event != XMLStreamConstants.END_ELEMENT) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                String value = value(xml);
                if (value == null || xml.next() != XMLStreamConstants.END_ELEMENT) {
                    return "";
                }
                text.append(value);
            } else if (xml.isCharacters()) {
                text.append(xml.getText());
            }
            event = xml.next();
        }
        return text.toString().strip();
    }

    /** {@return what an element stands for, or null if that is not known here} */
    private static String value(XMLStreamReader xml) {
        String name = xml.getAttributeValue(null, "name");
        if (name == null) {
            return null;
        }
        String fallback = xml.getAttributeValue(null, "default");
        return switch (xml.getLocalName()) {
            case "Env" -> System.getenv().getOrDefault(name, fallback);
            case "SystemProperty" -> System.getProperty(name, fallback);
            default -> null;
        };
    }
}
