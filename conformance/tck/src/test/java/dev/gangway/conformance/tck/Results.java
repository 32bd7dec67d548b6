package dev.gangway.conformance.tck;

import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * How the tests have ended behind one web server.
 *
 * @param version that of the web server
 * @param tests   by name, which is the class below the package of the TCK, and the method
 */
record Results(WebServer server, String version, SortedMap<String, Outcome> tests) {
    private static final String PACKAGE = "servlet.tck.";

    enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    /** Reads what Maven has written into a directory. */
    static Results read(Path directory, WebServer server, String version) throws IOException {
        SortedMap<String, Outcome> tests = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".xml")
                            && file.getFileName().toString().startsWith("TEST-"))
                    .toList()) {
                read(file, tests);
            }
        }
        if (tests.isEmpty()) {
            throw new IOException("no results in " + directory);
        }
        return new Results(server, version, tests);
    }

    private static void read(Path file, SortedMap<String, Outcome> tests) throws IOException {
        try {
            NodeList cases = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                String name = test.getAttribute("classname") + "." + test.getAttribute("name");
                tests.put(name.replace(PACKAGE, ""), outcome(test));
            }
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("not readable: " + file, e);
        }
    }

    private static Outcome outcome(Element test) {
        if (has(test, "failure") || has(test, "error")) {
            return Outcome.FAILED;
        }
        return has(test, "skipped") ? Outcome.SKIPPED : Outcome.PASSED;
    }

    private static boolean has(Element test, String child) {
        return test.getElementsByTagName(child).getLength() > 0;
    }

    /** {@return the names of the tests that have ended so, in order} */
    List<String> all(Outcome outcome) {
        return tests.entrySet().stream()
                .filter(test -> test.getValue() == outcome)
                .map(SortedMap.Entry::getKey)
                .toList();
    }

    /** {@return how many tests have run, and not been skipped} */
    int run() {
        return tests.size() - all(Outcome.SKIPPED).size();
    }
}
