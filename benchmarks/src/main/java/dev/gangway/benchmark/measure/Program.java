package dev.gangway.benchmark.measure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** How a contender is started; its last two arguments are the port and the path of the socket to listen at. */
sealed interface Program {
    /** The exit status of what cannot start because the machine lacks something. */
    int NOT_INSTALLED = 127;

    /** {@return how many connections it serves at once} */
    int connections();

    /** {@return the command, without its last two arguments} */
    List<String> command(Path javaHome, Path directory) throws IOException;

    /**
     * A main class, run with the same heap and collector as every other.
     *
     * @param kind    its first argument
     * @param classes a class path that comes before that of the benchmark, perhaps empty
     */
    record InJava(Class<?> main, String kind, String classes) implements Program {
        @Override
        public int connections() {
            return Integer.MAX_VALUE;
        }

        @Override
        public List<String> command(Path javaHome, Path directory) {
            String own = System.getProperty("java.class.path");
            return List.of(
                    javaHome.resolve("bin/java").toString(),
                    "-Xmx512m",
                    "-XX:+UseG1GC",
                    "-cp",
                    classes.isEmpty() ? own : classes + ":" + own,
                    main.getName(),
                    kind);
        }
    }

    /** A script, for which files are copied. */
    record Native(String script, String... files) implements Program {
        /** It has so many processes for each of its two addresses. */
        @Override
        public int connections() {
            return 40;
        }

        @Override
        public List<String> command(Path javaHome, Path directory) throws IOException {
            copy(script, directory);
            for (String file : files) {
                copy(file, directory);
            }
            return List.of("sh", script);
        }

        private static void copy(String file, Path directory) throws IOException {
            try (InputStream in = Program.class.getResourceAsStream(file)) {
                Files.copy(in, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
