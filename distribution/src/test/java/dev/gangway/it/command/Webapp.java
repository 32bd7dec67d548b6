package dev.gangway.it.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A web application of pages, for a version of the Servlet API. */
final class Webapp {
    private static final String DESCRIPTOR = "WEB-INF/web.xml";

    private final Map<String, String> files = new TreeMap<>();

    private Webapp(String servletVersion, String elements) {
        String namespace = servletVersion.compareTo("5.0") < 0
                ? "http://xmlns.jcp.org/xml/ns/javaee"
                : "https://jakarta.ee/xml/ns/jakartaee";
        files.put(
                DESCRIPTOR,
                "<web-app xmlns='" + namespace + "' version='" + servletVersion + "' metadata-complete='true'>"
                        + elements + "</web-app>");
        files.put(
                "version.jsp",
                "<%= application.getEffectiveMajorVersion() + \".\" + application.getEffectiveMinorVersion() + \" in \""
                        + " + application.getMajorVersion() + \".\" + application.getMinorVersion() %>");
    }

    static Webapp of(String servletVersion) {
        return new Webapp(servletVersion, "");
    }

    /** {@return an application with further elements in its descriptor} */
    static Webapp of(String servletVersion, String elements) {
        return new Webapp(servletVersion, elements);
    }

    /** {@return an application that cannot start, since its listener is missing} */
    static Webapp broken() {
        return new Webapp("6.1", "<listener><listener-class>no.such.Listener</listener-class></listener>");
    }

    /** {@return an application whose start takes so many milliseconds} */
    static Webapp starting(long millis) {
        return new Webapp(
                        "6.1",
                        "<servlet><servlet-name>slow</servlet-name><jsp-file>/slow.jsp</jsp-file>"
                                + "<load-on-startup>0</load-on-startup></servlet>")
                .with(
                        "slow.jsp",
                        "<%! public void jspInit() { try { Thread.sleep(" + millis
                                + "L); } catch (InterruptedException e) { } } %>");
    }

    /** {@return an application whose start makes a file, and then waits for another one} */
    static Webapp startingWith(Path own, Path other) {
        return new Webapp(
                        "6.1",
                        "<servlet><servlet-name>wait</servlet-name><jsp-file>/wait.jsp</jsp-file>"
                                + "<load-on-startup>0</load-on-startup></servlet>")
                .with(
                        "wait.jsp",
                        """
                        <%@ page import="java.nio.file.*" %><%!
                            public void jspInit() {
                                try {
                                    Files.createFile(Path.of("OWN"));
                                    while (!Files.exists(Path.of("OTHER"))) Thread.sleep(10);
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            } %>
                        """
                                .replace("OWN", own.toString())
                                .replace("OTHER", other.toString()));
    }

    /** {@return an application with a page that looks into classes of the JDK, as libraries for proxies do} */
    static Webapp reflecting() {
        return of("6.0")
                .with(
                        "reflect.jsp",
                        """
                        <% ClassLoader.class.getDeclaredMethod("findLoadedClass", String.class).setAccessible(true);
                           java.io.ObjectStreamClass.class.getDeclaredField("name").setAccessible(true);
                           java.util.ArrayList.class.getDeclaredField("size").setAccessible(true);
                           java.util.concurrent.ThreadPoolExecutor.class.getDeclaredField("ctl").setAccessible(true);
                           java.lang.reflect.Proxy.class.getDeclaredField("h").setAccessible(true);
                           java.lang.invoke.MethodHandles.Lookup.class.getDeclaredConstructor(Class.class).setAccessible(true);
                           Class.forName("sun.rmi.transport.Target").getDeclaredField("ccl").setAccessible(true); %>open""");
    }

    Webapp with(String name, String text) {
        files.put(name, text);
        return this;
    }

    /** Puts it to its place in one step, as a careful administrator does. */
    void pack(Path war) throws IOException {
        Path hidden = war.resolveSibling("." + war.getFileName());
        try (OutputStream out = Files.newOutputStream(hidden);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        Files.move(hidden, war, StandardCopyOption.REPLACE_EXISTING);
    }

    void unpack(Path directory) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }
}
