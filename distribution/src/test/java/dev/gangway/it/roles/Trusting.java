package dev.gangway.it.roles;

import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.TempFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Gangway that believes its web servers, has the applications of {@link ProtectedApplication} answer the Authorizer by their
 * security, serves Filters, and knows a few users of its own. One process for all tests that want it.
 */
final class Trusting implements BeforeAllCallback {
    /** Joe is an ordinary user; what the web server says of its users' roles is in the parameter GROUPS. */
    static final String[] OPTIONS = {
        "--trust-remote-user", "--roles-param=GROUPS", "--attributes=OIDC_CLAIM_*,X_*", "--access-log=-"
    };

    static final String USERS =
            """
            joe: joes-password,user
            ann: anns-password,user,admin
            CN\\=joe,\\ O\\=house: none,user
            """;

    private static Running running;

    private record Running(TempFolder folder, GangwayProcess gangway) implements AutoCloseable {
        static Running start() {
            TempFolder folder = TempFolder.create("house");
            List<String> applications = new ArrayList<>(ProtectedApplication.build(folder));
            applications.addAll(ProtectedApplication.buildAnnotated(folder));
            return new Running(
                    folder,
                    GangwayProcess.start(
                            applications,
                            Stream.concat(
                                            Stream.of(OPTIONS),
                                            Stream.of(
                                                    "--authorizer=container",
                                                    "--filter",
                                                    "--users=" + folder.write("users.properties", USERS)))
                                    .toArray(String[]::new)));
        }

        @Override
        public void close() {
            gangway.close();
            folder.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Trusting.class))
                .getOrComputeIfAbsent(Running.class, type -> Running.start(), Running.class);
    }

    GangwayProcess gangway() {
        return running.gangway();
    }
}
