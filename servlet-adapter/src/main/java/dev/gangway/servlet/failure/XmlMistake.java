package dev.gangway.servlet.failure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.eclipse.jetty.util.FileID;
import org.xml.sax.SAXParseException;

/** What is wrong with a context in Jetty's XML, and in which line, as far as Jetty's exceptions tell. */
public final class XmlMistake {
    /** No method {@code setX} of a class takes the value of a {@code Set}. */
    private static final Pattern PROPERTY =
            Pattern.compile("class (?<class>[\\w.$]+)\\.set(?<name>\\w+)\\(class (?<type>[\\w.$]+)\\)");

    private static final Pattern METHOD =
            Pattern.compile("No Method: <Call [^>]*name=\"(?<name>[^\"]+)\".* on class (?<class>\\S+)", Pattern.DOTALL);

    private static final Pattern CONSTRUCTOR =
            Pattern.compile("No suitable constructor: <New [^>]*class=\"(?<class>[^\"]+)\".*", Pattern.DOTALL);

    private static final Pattern REFERENCE = Pattern.compile("No object for refid=(?<id>.+)");
    private static final Pattern NO_CONTEXT = Pattern.compile("Unknown context type of .*", Pattern.DOTALL);

    private XmlMistake() {}

    /** {@return one line, which begins with the number of the line if that is known} */
    public static String explain(Path xml, Exception failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
            String mistake = cause.getMessage() == null ? null : mistake(xml, cause);
            if (mistake != null) {
                return mistake;
            }
        }
        return root.toString();
    }

    /** {@return the mistake that a cause stands for, or null if it is not known here} */
    private static String mistake(Path xml, Throwable cause) {
        String message = cause.getMessage();
        if (cause instanceof ClassNotFoundException) {
            return line(xml, message) + "it needs the class " + message + "; name its jar with --lib";
        }
        if (cause instanceof SAXParseException parse) {
            return message.startsWith("cvc-elt.1")
                    ? "it needs the DOCTYPE of Jetty's XML in front"
                    : "line " + parse.getLineNumber() + ": " + message;
        }
        Matcher property = PROPERTY.matcher(message);
        if (cause instanceof NoSuchMethodException && property.matches()) {
            String name = Character.toLowerCase(property.group("name").charAt(0))
                    + property.group("name").substring(1);
            return line(xml, name) + property.group("class") + " has no property '" + name + "' that takes a "
                    + property.group("type");
        }
        Matcher method = METHOD.matcher(message);
        if (method.matches()) {
            return line(xml, method.group("name")) + method.group("class") + " has no method '" + method.group("name")
                    + "' for these arguments";
        }
        Matcher constructor = CONSTRUCTOR.matcher(message);
        if (constructor.matches()) {
            return line(xml, constructor.group("class")) + constructor.group("class")
                    + " has no constructor for these arguments";
        }
        Matcher reference = REFERENCE.matcher(message);
        if (reference.matches()) {
            return line(xml, reference.group("id")) + "nothing has the id '" + reference.group("id") + "'";
        }
        return NO_CONTEXT.matcher(message).matches() ? "its class is not that of a context" : null;
    }

    /** Jetty does not name the line, but a name that occurs only once shows it. */
    private static String line(Path xml, String value) {
        if (!FileID.isXml(xml)) {
            return "";
        }
        Pattern attribute = Pattern.compile("=\\s*[\"']" + Pattern.quote(value) + "[\"']");
        try {
            List<String> lines = Files.readAllLines(xml, StandardCharsets.ISO_8859_1);
            List<Integer> found = IntStream.range(0, lines.size())
                    .filter(i -> attribute.matcher(lines.get(i)).find())
                    .boxed()
                    .toList();
            return found.size() == 1 ? "line " + (found.get(0) + 1) + ": " : "";
        } catch (IOException e) {
            return "";
        }
    }
}
