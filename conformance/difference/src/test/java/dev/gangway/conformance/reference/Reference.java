package dev.gangway.conformance.reference;

import dev.gangway.servlet.environment.Libraries;
import dev.gangway.servlet.login.Authorizer;
import dev.gangway.servlet.login.LoginPolicy;
import dev.gangway.servlet.web.Admission;
import dev.gangway.servlet.web.Application;
import dev.gangway.servlet.web.Applications;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.security.PropertyUserStore;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Applications as Gangway deploys them, but answering HTTP: directly, behind a proxy, and over TLS. */
public final class Reference {
    /** What it says when it is; the ports for clients, for proxies and for TLS follow. */
    public static final String READY = "reference: ready ";

    private static final String PASSWORD = "password";

    private final Server server = new Server();

    private Reference() {}

    /** @param args a directory with certificates and users, and the applications */
    public static void main(String[] args) throws Exception {
        Reference reference = new Reference();
        Path directory = Path.of(args[0]);
        reference.listen();
        reference.listenToProxies();
        reference.listenByTls(directory);
        reference.knowUsers(directory.resolve("users.properties"));
        reference.serve(Arrays.copyOfRange(args, 1, args.length));
        System.out.println(READY + reference.ports());
        reference.server.join();
    }

    private String ports() {
        return Arrays.stream(server.getConnectors())
                .map(connector -> Integer.toString(((ServerConnector) connector).getLocalPort()))
                .collect(Collectors.joining(" "));
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
        return configuration;
    }

    private void listen() {
        open(new ServerConnector(server, new HttpConnectionFactory(configuration())));
    }

    /** Believes what a proxy says of its client, as far as it can say it. */
    private void listenToProxies() {
        HttpConfiguration configuration = configuration();
        configuration.addCustomizer(new ForwardedRequestCustomizer());
        open(new ServerConnector(server, new HttpConnectionFactory(configuration)));
    }

    private void listenByTls(Path directory) throws Exception {
        HttpConfiguration configuration = configuration();
        configuration.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(directory.resolve("server.p12").toString());
        tls.setKeyStorePassword(PASSWORD);
        tls.setTrustStore(trusted(directory.resolve("ca.crt")));
        tls.setWantClientAuth(true);
        HttpConnectionFactory http = new HttpConnectionFactory(configuration);
        open(new ServerConnector(server, new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString()), http));
    }

    private static KeyStore trusted(Path authority) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(authority)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        return store;
    }

    private void open(ServerConnector connector) {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
    }

    private void knowUsers(Path file) throws Exception {
        PropertyUserStore users = new PropertyUserStore();
        users.setConfig(ResourceFactory.root().newResource(file));
        users.start();
        new LoginPolicy(false, null, users, Authorizer.NOBODY).install(server);
    }

    private void serve(String[] texts) throws Exception {
        Applications applications = new Applications(
                Arrays.stream(texts)
                        .map(Application::parse)
                        .map(Application::named)
                        .toList(),
                null,
                new Admission(false));
        Path environments = Path.of(System.getProperty("gangway.home"), "lib");
        server.setHandler(applications.load(server, new Libraries(environments, List.of())));
        server.start();
        applications.onStarted();
    }
}
