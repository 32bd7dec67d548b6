package dev.gangway.conformance.difference;

import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.Certificates;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The same applications twice: in Gangway and in the reference. */
final class Applications implements AutoCloseable {
    private static final String USERS =
            """
            joe: joes-password,user
            ann: anns-password,user,admin
            CN\\=joe,\\ O\\=house: none,user
            """;

    private final TempFolder folder = TempFolder.create("difference");
    private final Map<Exchange.Transport, RawHttp.Layer> layers = new EnumMap<>(Exchange.Transport.class);
    private final GangwayProcess gangway;
    private final ReferenceProcess reference;

    Applications(List<Environment> environments) throws IOException, GeneralSecurityException {
        folder.write("users.properties", USERS);
        Certificates certificates = Certificates.create(folder);
        layers.put(Exchange.Transport.PLAIN, socket -> socket);
        layers.put(Exchange.Transport.TLS, certificates.client());
        layers.put(Exchange.Transport.TLS_WITH_CERTIFICATE, certificates.joe());
        List<String> applications = Wars.build(folder, environments);
        // Both start at the same time.
        reference = ReferenceProcess.start(folder, applications);
        gangway = GangwayProcess.start(applications, "--users=" + folder.resolve("users.properties"));
        reference.awaitReady();
    }

    TempFolder folder() {
        return folder;
    }

    GangwayProcess gangway() {
        return gangway;
    }

    ReferenceProcess reference() {
        return reference;
    }

    RawHttp.Layer layer(Exchange exchange) {
        return layers.get(exchange.transport());
    }

    /** Straight to the reference. */
    Way direct(Exchange exchange) {
        boolean plain = exchange.transport() == Exchange.Transport.PLAIN;
        return new HttpWay(plain ? reference.direct() : reference.secure(), layer(exchange));
    }

    /** Straight to Gangway. */
    Way raw(Exchange exchange) {
        Pairs transport =
                switch (exchange.transport()) {
                    case PLAIN -> Pairs.of();
                    case TLS -> Pairs.of("HTTPS", "on", "SSL_CLIENT_VERIFY", "NONE");
                    case TLS_WITH_CERTIFICATE ->
                        Pairs.of("HTTPS", "on", "SSL_CLIENT_VERIFY", "SUCCESS", "SSL_CLIENT_CERT", text("joe.crt"));
                };
        return new PeerWay(gangway.tcp(), transport);
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        gangway.close();
        reference.close();
        folder.keepLogs();
        folder.close();
    }
}
