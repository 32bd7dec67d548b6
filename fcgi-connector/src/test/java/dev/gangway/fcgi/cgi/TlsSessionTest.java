package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.record.Pairs;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("FCGI-137")
class TlsSessionTest {
    private static final String CLIENT = pem("client");
    private static final String CA = pem("ca");
    private static final Pairs VERIFIED = Pairs.of("SSL_CLIENT_VERIFY", "SUCCESS");

    private static String pem(String name) {
        try (InputStream in = TlsSessionTest.class.getResourceAsStream("/tls/" + name + ".pem")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static TlsSession session(Pairs pairs) {
        return new TlsSession(Given.params(pairs), reason -> {});
    }

    private static X509Certificate[] certificates(Pairs pairs) {
        return session(pairs).peerCertificates();
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    @Test
    void tellsWhatTheWebServerSays() {
        TlsSession session = session(Pairs.of("SSL_PROTOCOL", "TLSv1.3", "SSL_CIPHER", "TLS_AES_256_GCM_SHA384")
                .and("SSL_SESSION_ID", "c0ffee", "SSL_CIPHER_USEKEYSIZE", "255"));

        assertThat(session.protocol()).isEqualTo("TLSv1.3");
        assertThat(session.cipherSuite()).isEqualTo("TLS_AES_256_GCM_SHA384");
        assertThat(session.sslSessionId()).isEqualTo("c0ffee");
        assertThat(session.keySize()).isEqualTo(255);
        assertThat(session.sslSession()).isNull();
        assertThat(session).hasToString("TLS");
    }

    @Test
    void takesAnEmptyVariableForNone() {
        for (String empty : new String[] {"SSL_PROTOCOL", "SSL_CIPHER", "SSL_SESSION_ID", "SSL_CIPHER_USEKEYSIZE"}) {
            TlsSession session = session(Pairs.of(empty, ""));

            assertThat(session.protocol()).isNull();
            assertThat(session.cipherSuite()).isNull();
            assertThat(session.sslSessionId()).isNull();
            assertThat(session.keySize()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ECDHE-RSA-AES128-GCM-SHA256, , 128",
        "ECDHE-ECDSA-AES256-GCM-SHA384, , 256",
        "TLS_AES_128_GCM_SHA256, , 128",
        "TLS_CHACHA20_POLY1305_SHA256, , 256",
        "TLS_AES_256_GCM_SHA384, 128, 128",
        "TLS_AES_256_GCM_SHA384, many, 256",
        "TLS_AES_256_GCM_SHA384, -1, 256",
        "TLS_AES_256_GCM_SHA384, 123456, 256",
        "SSL_RSA_WITH_RC4_128_MD5, , 128",
        "UNKNOWN, , 0",
        "UNKNOWN, 56, 56",
        ", 56, 56"
    })
    void knowsTheKeySize(String cipher, String bits, int expected) {
        Pairs pairs = Pairs.of("SSL_CIPHER", cipher == null ? "" : cipher);

        assertThat(session(bits == null ? pairs : pairs.and("SSL_CIPHER_USEKEYSIZE", bits))
                        .keySize())
                .isEqualTo(expected);
    }

    static Stream<String> forms() {
        return Stream.of(
                CLIENT,
                CLIENT.strip().replace("\n", "\n\t"),
                CLIENT.strip().replace('\n', ' '),
                URLEncoder.encode(CLIENT, StandardCharsets.US_ASCII).replace("+", "%20"),
                CLIENT.replace("\n", "%0A"),
                CLIENT.replaceAll("-----[^-]*-----", "").replaceAll("\\s", ""));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void readsACertificateAsEachWebServerWritesIt(String form) {
        X509Certificate[] chain = certificates(VERIFIED.and("SSL_CLIENT_CERT", form));

        assertThat(chain).hasSize(1);
        assertThat(name(chain[0])).contains("CN=alice");
    }

    @Test
    void readsTheChainWithTheClientFirstAndNothingTwice() {
        for (int last = 1; last < 10; last++) {
            X509Certificate[] chain = certificates(VERIFIED.and("SSL_CLIENT_CERT_CHAIN_0", CLIENT)
                    .and("SSL_CLIENT_CERT_CHAIN_" + last, CA, "SSL_CLIENT_CERT", CLIENT));

            assertThat(chain).hasSize(2);
            assertThat(name(chain[0])).contains("CN=alice");
            assertThat(name(chain[1])).contains("CN=Test CA");
        }
    }

    @Test
    void readsAChainInOneVariable() {
        assertThat(certificates(VERIFIED.and("SSL_CLIENT_CERT", CLIENT + CA))).hasSize(2);
    }

    @Test
    void readsNoEndlessChain() {
        assertThat(certificates(VERIFIED.and("SSL_CLIENT_CERT", CLIENT, "SSL_CLIENT_CERT_CHAIN_10", CA)))
                .hasSize(1);
    }

    @Test
    void takesNoChainForAClient() {
        assertThat(certificates(VERIFIED.and("SSL_CLIENT_CERT_CHAIN_0", CA))).isNull();
        assertThat(certificates(VERIFIED.and("SSL_CLIENT_CERT", "", "SSL_CLIENT_CERT_CHAIN_0", CA)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NONE", "GENEROUS", "FAILED:self signed certificate", "success"})
    void showsNoCertificateThatIsNotVerified(String verify) {
        assertThat(certificates(Pairs.of("SSL_CLIENT_VERIFY", verify, "SSL_CLIENT_CERT", CLIENT)))
                .isNull();
        assertThat(certificates(Pairs.of("SSL_CLIENT_CERT", CLIENT))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rubbish", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "%zz", "%"})
    void leavesAMalformedCertificateOut(String malformed) {
        assertThat(certificates(VERIFIED.and("SSL_CLIENT_CERT", malformed))).isNull();
        assertThat(certificates(VERIFIED.and("SSL_CLIENT_CERT", CLIENT, "SSL_CLIENT_CERT_CHAIN_0", malformed)))
                .isNull();
    }

    @Test
    void givesACopy() {
        TlsSession session = session(VERIFIED.and("SSL_CLIENT_CERT", CLIENT));
        session.peerCertificates()[0] = null;

        assertThat(session.peerCertificates()[0]).isNotNull();
        assertThat(session.peerCertificates()[0]).isSameAs(session.peerCertificates()[0]);
    }
}
