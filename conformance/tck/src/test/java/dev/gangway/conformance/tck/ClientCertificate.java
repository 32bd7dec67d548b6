package dev.gangway.conformance.tck;

import dev.gangway.it.harness.Certificates;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The certificate that the TCK has for its client, who vouches for itself. */
final class ClientCertificate {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private ClientCertificate() {}

    /**
     * Makes the files in a folder by which a web server trusts this client, and makes this JVM a client that has the
     * certificate and trusts the web server.
     */
    static void trust(TempFolder folder) {
        Certificates.create(folder);
        try (InputStream house = Files.newInputStream(folder.resolve("ca.crt"));
                InputStream client = resource("cts_cert")) {
            HttpsURLConnection.setDefaultSSLSocketFactory(
                    client(certificate(house)).getSocketFactory());
            // The house stays in it: lighttpd needs its own authority there too.
            Files.writeString(folder.resolve("ca.crt"), pem(certificate(client)), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext client(Certificate authority) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);

        KeyStore own = KeyStore.getInstance("JKS");
        try (InputStream in = resource("clientcert.jks")) {
            own.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);

        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return tls;
    }

    private static Certificate certificate(InputStream in) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }

    private static String pem(Certificate certificate) throws GeneralSecurityException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
    }

    private static InputStream resource(String name) {
        return ClientCertificate.class.getResourceAsStream("/certificates/" + name);
    }
}
