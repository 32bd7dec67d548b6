package dev.gangway.it.servers;

import dev.gangway.it.harness.CgiProgram;
import dev.gangway.it.harness.WithInstalledCopy;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** Web servers that start a process for each request, or each that runs at a time: one daemon serves all of them. */
class SharedIT extends WithInstalledCopy {
    @Nested
    class ByModFcgid extends EveryCase {
        ByModFcgid() {
            super(Mode.HTTPD_FCGID_SHARED, () -> installation.placeholders());
        }
    }

    @Nested
    class ByCgiOfHttpd extends EveryCase {
        private static CgiProgram program;

        ByCgiOfHttpd() {
            super(Mode.HTTPD_CGI, () -> {
                program = CgiProgram.print(installation, Map.of(), "--context-path", "/");
                return program.placeholders();
            });
        }

        @AfterAll
        static void stop() {
            program.close();
        }
    }

    @Nested
    class ByCgiOfLighttpd extends EveryCase {
        private static CgiProgram program;

        ByCgiOfLighttpd() {
            super(Mode.LIGHTTPD_CGI, () -> {
                program = CgiProgram.print(installation, Map.of(), "--context-path", "/");
                return program.placeholders();
            });
        }

        @AfterAll
        static void stop() {
            program.close();
        }
    }
}
