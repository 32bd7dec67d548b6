package dev.gangway.it.roles;

import static java.util.stream.Collectors.joining;

import dev.gangway.it.harness.TempFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.stream.Stream;

/** What a web server knows of Joe and Ann, who are also known to the applications. */
final class Passwords {
    private Passwords() {}

    /** The file that nginx, lighttpd and httpd read. */
    static Path write(TempFolder folder) {
        return folder.write(
                "htpasswd",
                Stream.of(line("joe", "joes-password"), line("ann", "anns-password"))
                        .collect(joining()));
    }

    private static String line(String user, String password) {
        try {
            byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8));
            return user + ":{SHA}" + Base64.getEncoder().encodeToString(sha1) + "\n";
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
