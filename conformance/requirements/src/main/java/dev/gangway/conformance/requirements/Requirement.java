package dev.gangway.conformance.requirements;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What an application has to do that speaks FastCGI for servlets.
 *
 * @param number   its name in tags is {@code FCGI-} and this
 * @param subject  what it belongs to
 * @param strength M (must), S (should) or O (an option that behaves so if there is one)
 * @param text     Markdown
 * @param sources  the sections of the specifications that it comes from
 */
public record Requirement(int number, String subject, String strength, String text, String sources) {

    /** {@return all of them, those of a subject together} */
    public static List<Requirement> all() {
        try (InputStream in = Requirement.class.getResourceAsStream("requirements.tsv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().map(Requirement::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Requirement parse(String line) {
        String[] columns = line.split("\t", -1);
        return new Requirement(Integer.parseInt(columns[0]), columns[1], columns[2], columns[3], columns[4]);
    }

    /** {@return its tag} */
    public String name() {
        return "FCGI-" + number;
    }
}
