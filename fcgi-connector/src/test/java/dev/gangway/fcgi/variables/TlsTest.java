package dev.gangway.fcgi.variables;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.FcgiServer.App;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.LogCapture;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.EndPoint.SslSessionData;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("FCGI-137")
class TlsTest {
    private static final String CLIENT = pem("client");
    private static final String CA = pem("ca");
    private static final Pairs SECURE =
            Pairs.get("/").and("HTTPS", "on", "SSL_CLIENT_VERIFY", "SUCCESS", "SSL_PROTOCOL", "TLSv1.3");

    @RegisterExtension
    final LogCapture log = new LogCapture();

    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    private final AtomicReference<SslSessionData> session = new AtomicReference<>();
    private final AtomicReference<Object> protocol = new AtomicReference<>();
    private final App note = (request, response, callback) -> {
        session.set(session(request));
        protocol.set(request.getAttribute("jakarta.servlet.request.secure_protocol"));
        callback.succeeded();
    };

    private static SslSessionData session(Request request) {
        return (SslSessionData) request.getAttribute(SslSessionData.ATTRIBUTE);
    }

    private static String pem(String name) {
        try (InputStream in = TlsTest.class.getResourceAsStream("/tls/" + name + ".pem")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void start() throws Exception {
        server.start(note);
    }

    private void ask(Pairs pairs) {
        assertThat(server.connect().request(1, KEEP_CONN, pairs, new byte[0]).response(1))
                .hasStatus(200);
    }

    private X509Certificate[] certificates(Pairs pairs) {
        ask(pairs);
        return session.get().peerCertificates();
    }

    @Test
    void describesTheSession() {
        ask(SECURE.and("SSL_CIPHER", "ECDHE-RSA-AES128-GCM-SHA256", "SSL_CIPHER_USEKEYSIZE", "128")
                .and("SSL_SESSION_ID", "c0ffee"));

        assertThat(session.get().cipherSuite()).isEqualTo("ECDHE-RSA-AES128-GCM-SHA256");
        assertThat(session.get().keySize()).isEqualTo(128);
        assertThat(session.get().sslSessionId()).isEqualTo("c0ffee");
        assertThat(session.get().peerCertificates()).isNull();
        assertThat(protocol.get()).isEqualTo("TLSv1.3");
    }

    @ParameterizedTest
    @CsvSource({
        "ECDHE-RSA-AES128-GCM-SHA256, 128",
        "ECDHE-ECDSA-AES256-GCM-SHA384, 256",
        "ECDHE-RSA-CHACHA20-POLY1305, 256",
        "TLS_AES_128_GCM_SHA256, 128",
        "TLS_CHACHA20_POLY1305_SHA256, 256"
    })
    void knowsTheKeySizeOfACipherSuite(String suite, int bits) {
        ask(Pairs.get("/").and("HTTPS", "on", "SSL_CIPHER", suite));

        assertThat(session.get().keySize()).isEqualTo(bits);
    }

    @Test
    void knowsNothingThatIsNotSaid() {
        ask(Pairs.get("/").and("HTTPS", "on", "SSL_CIPHER", "", "SSL_CIPHER_USEKEYSIZE", "many"));

        assertThat(session.get().cipherSuite()).isNull();
        assertThat(session.get().keySize()).isZero();
        assertThat(session.get().sslSessionId()).isNull();
        assertThat(protocol.get()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "off"})
    void hasNoSessionWithoutTls(String https) {
        ask(SECURE.with("HTTPS", https).and("SSL_CLIENT_CERT", CLIENT));

        assertThat(session.get()).isNull();
        assertThat(protocol.get()).isNull();
    }

    @Test
    void hasNoSessionByHeaders() {
        ask(Pairs.get("/")
                .and(
                        "HTTP_HTTPS",
                        "on",
                        "HTTP_SSL_CLIENT_CERT",
                        CLIENT.replace('\n', ' '),
                        "HTTP_X_FORWARDED_PROTO",
                        "https"));

        assertThat(session.get()).isNull();
    }

    /** The ways in which web servers write a certificate. */
    enum Form {
        /** Apache httpd, lighttpd. */
        PEM {
            @Override
            String of(String pem) {
                return pem;
            }
        },
        /** nginx, {@code $ssl_client_cert}. */
        TABS {
            @Override
            String of(String pem) {
                return pem.strip().replace("\n", "\n\t");
            }
        },
        BLANKS {
            @Override
            String of(String pem) {
                return pem.strip().replace('\n', ' ');
            }
        },
        /** nginx, {@code $ssl_client_escaped_cert}. */
        ESCAPED {
            @Override
            String of(String pem) {
                return URLEncoder.encode(pem, StandardCharsets.US_ASCII).replace("+", "%20");
            }
        },
        /** HAProxy, {@code %[ssl_c_der,base64]}. */
        BASE64 {
            @Override
            String of(String pem) {
                return pem.replaceAll("-----[^-]*-----", "").replaceAll("\\s", "");
            }
        };

        abstract String of(String pem);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void readsTheCertificateInEveryForm(Form form) {
        X509Certificate[] chain = certificates(SECURE.and("SSL_CLIENT_CERT", form.of(CLIENT)));

        assertThat(chain).hasSize(1);
        assertThat(chain[0].getSubjectX500Principal().getName()).contains("CN=alice");
    }

    @Test
    void readsTheChainWithTheClientFirst() {
        X509Certificate[] chain = certificates(SECURE.and("SSL_CLIENT_CERT_CHAIN_0", CLIENT)
                .and("SSL_CLIENT_CERT_CHAIN_1", CA, "SSL_CLIENT_CERT", CLIENT));

        assertThat(chain).hasSize(2);
        assertThat(chain[0].getSubjectX500Principal().getName()).contains("CN=alice");
        assertThat(chain[1].getSubjectX500Principal().getName()).contains("CN=Test CA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NONE", "GENEROUS", "FAILED:self signed certificate", "success", "0"})
    void showsNoCertificateThatIsNotVerified(String verify) {
        assertThat(certificates(SECURE.with("SSL_CLIENT_VERIFY", verify).and("SSL_CLIENT_CERT", CLIENT)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rubbish",
                "-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                "%zz",
                "%"
            })
    void leavesAMalformedCertificateOut(String malformed) {
        assertThat(certificates(SECURE.and("SSL_CLIENT_CERT", malformed))).isNull();
        assertThat(log.text()).contains("the client's certificate cannot be read and is left out");
    }

    @Test
    void looksAtACertificateOnlyWhenAsked() {
        ask(SECURE.and("SSL_CLIENT_CERT", "rubbish"));

        assertThat(log.text()).doesNotContain("certificate");
    }
}
