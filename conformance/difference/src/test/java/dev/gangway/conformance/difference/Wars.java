package dev.gangway.conformance.difference;

import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.Template;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The web application as directories with the content of WARs: one for each environment and each login. */
final class Wars {
    /** Where the jar has the content of the WAR that is not in classes. */
    private static final String CONTENT = "webapp/";

    private Wars() {}

    static String contextPath(Environment environment, Login login) {
        return "/" + environment + "/" + login;
    }

    /** As the command line takes them. */
    static List<String> build(TempFolder folder, List<Environment> environments) throws IOException {
        List<String> applications = new ArrayList<>();
        for (Environment environment : environments) {
            for (Login login : Login.values()) {
                Path directory = folder.resolve(environment + "-" + login);
                build(directory, environment, login);
                applications.add(contextPath(environment, login) + "=" + directory);
            }
        }
        return applications;
    }

    private static void build(Path directory, Environment environment, Login login) throws IOException {
        String suffix = environment == Environment.EE8 ? "-javax.jar" : ".jar";
        Path jar = Path.of(System.getProperty("conformance.webapp") + suffix);
        Map<String, String> names = new HashMap<>(environment.placeholders());
        names.put("login", login.configuration());
        try (InputStream file = Files.newInputStream(jar);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.isDirectory()) {
                    continue;
                }
                String name = entry.getName();
                Path target = directory.resolve(
                        name.startsWith(CONTENT) ? name.substring(CONTENT.length()) : "WEB-INF/classes/" + name);
                Files.createDirectories(target.getParent());
                Files.write(target, zip.readAllBytes());
            }
        }
        Path descriptor = directory.resolve("WEB-INF/web.xml");
        Files.writeString(descriptor, Template.fill(Files.readString(descriptor), names));
    }
}
