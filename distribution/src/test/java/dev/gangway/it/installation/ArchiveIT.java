package dev.gangway.it.installation;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The archives hold what the tests run, in one directory, and nothing in them tells who has built them, when and where.
 */
class ArchiveIT {
    private static final Pattern ENTRY =
            Pattern.compile("(?m)^([d-])([rwx-]{9}) (\\S+/\\S+) +\\d+ (\\d+-\\d+-\\d+ \\d+:\\d+:\\d+) ([^\\n]+?)/?$");

    private static final Pattern TIME = Pattern.compile("<project.build.outputTimestamp>([^<]+)<");

    private static TempFolder folder;
    private static List<MatchResult> entries;
    private static Path unpacked;

    @BeforeAll
    static void unpack() {
        folder = TempFolder.create("archive");
        String listing =
                Tool.run(folder, "tar", "-tvzf", Archives.tar().toString(), "--full-time", "--utc", "--numeric-owner");
        entries = ENTRY.matcher(listing).results().toList();
        assertThat(entries).hasSize((int) listing.lines().count());
        unpacked = Archives.unpackTar(folder);
    }

    @AfterAll
    static void remove() {
        folder.close();
    }

    private static Instant timeOfTheRelease() throws IOException {
        Matcher time = TIME.matcher(Files.readString(Path.of("..", "pom.xml")));
        assertThat(time.find()).isTrue();
        return Instant.parse(time.group(1));
    }

    @Test
    void holdWhatTheTestsRun() {
        Tool.run(
                folder,
                "diff",
                "-r",
                unpacked.toString(),
                Installation.built().home().toString());

        assertThat(entries).extracting(entry -> entry.group(5)).allSatisfy(name -> assertThat(name + "/")
                .startsWith(Archives.top() + "/"));
    }

    @Test
    void everythingIsThere() {
        assertThat(unpacked.toFile().list())
                .containsExactlyInAnyOrder(
                        "LICENSE",
                        "VERSION",
                        "api",
                        "bin",
                        "completion",
                        "demo",
                        "doc",
                        "examples",
                        "lib",
                        "libexec",
                        "licenses",
                        "man");
    }

    @Test
    void everybodyMayReadAndRootMayWrite() {
        assertThat(entries).allSatisfy(entry -> assertThat(entry.group(3)).isEqualTo("0/0"));
        assertThat(entries).allSatisfy(entry -> assertThat(entry.group(2)).isIn("rwxr-xr-x", "rw-r--r--"));
        assertThat(entries)
                .filteredOn(entry -> entry.group(1).equals("d"))
                .allSatisfy(entry -> assertThat(entry.group(2)).isEqualTo("rwxr-xr-x"));
        assertThat(entries)
                .filteredOn(
                        entry -> entry.group(1).equals("-") && entry.group(2).contains("x"))
                .extracting(entry -> entry.group(5).substring(Archives.top().length() + 1))
                .containsExactlyInAnyOrder("bin/gangway", "libexec/launch", "libexec/start");
    }

    @Test
    void timeIsThatOfTheRelease() throws IOException {
        String time = timeOfTheRelease().toString().replace('T', ' ').replace("Z", "");

        assertThat(entries).allSatisfy(entry -> assertThat(entry.group(4)).isEqualTo(time));
        try (InputStream gzip = Files.newInputStream(Archives.tar())) {
            assertThat(gzip.readNBytes(8)).as("the time of the compression").endsWith(0, 0, 0, 0);
        }
    }

    @Test
    void zipHoldsTheSame() throws IOException {
        Map<String, String> modes = entries.stream()
                .collect(toMap(entry -> entry.group(5).substring(Archives.top().length()), entry -> entry.group(2)));
        try (FileSystem zip = FileSystems.newFileSystem(Archives.zip(), Map.of("enablePosixFileAttributes", "true"))) {
            Path root = zip.getPath("/" + Archives.top());

            assertThat(Archives.list(root)).isEqualTo(Archives.list(unpacked));
            for (String name : Archives.list(root)) {
                Path entry = root.resolve(name);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(entry)))
                        .as(name)
                        .isEqualTo(modes.get("/" + name));
                if (Files.isRegularFile(entry)) {
                    assertThat(Files.mismatch(entry, unpacked.resolve(name)))
                            .as(name)
                            .isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void versionIsThatOfTheCommand() throws IOException {
        String version = Files.readString(unpacked.resolve("VERSION"));

        assertThat(version).isEqualTo(Archives.top().replace("gangway-", "") + "\n");
        assertThat(Tool.run(folder, unpacked.resolve("bin/gangway").toString(), "--version"))
                .startsWith("Gangway " + version);
    }
}
