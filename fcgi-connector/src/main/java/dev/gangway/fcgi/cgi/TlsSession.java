package dev.gangway.fcgi.cgi;

import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSession;
import org.eclipse.jetty.io.EndPoint;

/**
 * The client's TLS connection as the web server describes it, by the names of Apache httpd's mod_ssl. Certificates are
 * looked at when somebody asks for them.
 */
public final class TlsSession implements EndPoint.SslSessionData {
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", Pattern.DOTALL);
    private static final Pattern CIPHER = Pattern.compile("AES_?(128|256)|CHACHA20");
    private static final String CHAIN = "SSL_CLIENT_CERT_CHAIN_";
    private static final int MAX_CHAIN = 10;
    private static final X509Certificate[] NONE = {};

    private final RequestParams params;
    private final Consumer<String> unreadable;
    private X509Certificate[] certificates;

    /**
     * @param params     of a request that is secure
     * @param unreadable told why a certificate cannot be read
     */
    public TlsSession(RequestParams params, Consumer<String> unreadable) {
        this.params = params;
        this.unreadable = unreadable;
    }

    /** {@return the version of the protocol as the web server writes it, such as {@code TLSv1.3}; null if not known} */
    public String protocol() {
        return value("SSL_PROTOCOL");
    }

    @Override
    public SSLSession sslSession() {
        return null;
    }

    @Override
    public String sslSessionId() {
        return value("SSL_SESSION_ID");
    }

    @Override
    public String cipherSuite() {
        return value("SSL_CIPHER");
    }

    /** Jetty 12.1's SslContextFactory does not know OpenSSL's names for cipher suites, which web servers send. */
    @Override
    public int keySize() {
        String bits = value("SSL_CIPHER_USEKEYSIZE");
        if (bits != null && bits.matches("[0-9]{1,5}")) {
            return Integer.parseInt(bits);
        }
        Matcher cipher = CIPHER.matcher(cipherSuite() == null ? "" : cipherSuite());
        if (cipher.find()) {
            return cipher.group(1) == null ? 256 : Integer.parseInt(cipher.group(1));
        }
        return EndPoint.SslSessionData.super.keySize();
    }

    /** {@return the client's certificate and what vouches for it; null unless the web server has verified it} */
    @Override
    public synchronized X509Certificate[] peerCertificates() {
        if (certificates == null) {
            certificates = "SUCCESS".equals(value("SSL_CLIENT_VERIFY")) ? parse() : NONE;
        }
        return certificates.length == 0 ? null : certificates.clone();
    }

    private X509Certificate[] parse() {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            add(chain, value("SSL_CLIENT_CERT"));
            for (int i = 0; i < MAX_CHAIN && !chain.isEmpty(); i++) {
                add(chain, value(CHAIN + i));
            }
        } catch (CertificateException | IllegalArgumentException e) {
            unreadable.accept(e.getMessage());
            return NONE;
        }
        return chain.toArray(X509Certificate[]::new);
    }

    private static void add(List<X509Certificate> chain, String text) throws CertificateException {
        if (text == null) {
            return;
        }
        String pem = text.contains("%") ? decodePercent(text) : text;
        Matcher matcher = CERTIFICATE.matcher(pem);
        boolean framed = false;
        while (matcher.find()) {
            framed = true;
            addDer(chain, matcher.group(1));
        }
        if (!framed) {
            // HAProxy sends PEM without its first and last line.
            addDer(chain, pem);
        }
    }

    /** Line ends may have become blanks or tabs, since no header could carry them. */
    private static void addDer(List<X509Certificate> chain, String base64) throws CertificateException {
        byte[] der = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        if (!chain.contains(certificate)) {
            chain.add(certificate);
        }
    }

    /** A plus sign is a part of the certificate, and not a blank as in a form. */
    private static String decodePercent(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.US_ASCII);
    }

    private String value(String name) {
        int pair = params.last(name);
        return pair < 0 || params.get(pair).isEmpty() ? null : params.value(pair, StandardCharsets.UTF_8);
    }

    /** {@return no data of the client, since attributes get into logs} */
    @Override
    public String toString() {
        return "TLS";
    }
}
