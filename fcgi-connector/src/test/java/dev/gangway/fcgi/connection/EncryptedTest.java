package dev.gangway.fcgi.connection;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.record.Deframer;
import dev.gangway.conformance.record.FcgiNumbers;
import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.server.FcgiConnectionFactory;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** FastCGI behind the TLS of Jetty, for a web server that comes through a tunnel. */
class EncryptedTest {
    private static final String PASSWORD = "password";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void requestsAreServedOverTls(FcgiConfiguration.HalfClose halfClose) throws Exception {
        Server server = new Server();
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(keyStore().toString());
        tls.setKeyStorePassword(PASSWORD);
        SslConnectionFactory encrypted = new SslConnectionFactory(tls, FcgiConnectionFactory.PROTOCOL);
        // The requests say themselves how they came, and a web server asks for no name.
        encrypted.setEnsureSecureRequestCustomizer(false);
        FcgiConfiguration configuration = new FcgiConfiguration();
        configuration.setHalfClose(halfClose);
        ServerConnector connector = new ServerConnector(
                server,
                encrypted,
                new FcgiConnectionFactory(FcgiConnectionFactory.newHttpConfiguration(), configuration));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Target());
        server.start();
        SslContextFactory.Client trusting = new SslContextFactory.Client(true);
        trusting.start();
        try (SSLSocket socket = trusting.newSslSocket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", connector.getLocalPort()));

            for (String path : new String[] {"/one", "/two"}) {
                socket.getOutputStream()
                        .write(new Script().get(1, KEEP_CONN, path).bytes());

                assertThat(body(socket.getInputStream())).endsWith("\r\n\r\n" + path);
            }
        } finally {
            trusting.stop();
            server.stop();
        }
    }

    private static String body(InputStream in) throws Exception {
        Deframer records = new Deframer();
        StringBuilder body = new StringBuilder();
        byte[] some = new byte[1024];
        while (true) {
            FcgiRecord record = records.next();
            if (record == null) {
                records.put(ByteBuffer.wrap(some, 0, in.read(some)));
            } else if (record.type() == FcgiNumbers.END_REQUEST) {
                return body.toString();
            } else {
                body.append(new String(record.content(), StandardCharsets.ISO_8859_1));
            }
        }
    }

    private Path keyStore() throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        return file;
    }

    private static final class Target extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Content.Sink.write(response, true, request.getHttpURI().getPath(), callback);
            return true;
        }
    }
}
