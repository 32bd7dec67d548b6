package dev.gangway.it.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of a house: its authority, that of a branch, its web server, Joe, and Ann who is of the branch. */
public final class Certificates {
    private static final char[] PASSWORD = "password".toCharArray();

    private static final String MAKE =
            """
            set -e
            umask 022
            certify() {
                openssl req -newkey rsa:2048 -nodes -subj /O=house/CN=$1 -keyout $1.key -out $1.csr
                openssl x509 -req -days 2 -in $1.csr -CA $2.crt -CAkey $2.key -CAcreateserial -out $1.crt $3 $4
            }
            openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /O=house/CN=authority -keyout ca.key -out ca.crt
            echo basicConstraints=critical,CA:true > authority
            certify server ca
            certify joe ca
            certify branch ca -extfile authority
            certify ann branch
            cat server.crt server.key > server.pem
            for who in server joe ann; do
                openssl pkcs12 -export -passout pass:password -in $who.crt -inkey $who.key -certfile branch.crt \\
                    -out $who.p12
            done
            """;

    private final TempFolder folder;

    private Certificates(TempFolder folder) {
        this.folder = folder;
    }

    /** Makes them in a folder: {@code server.crt}, {@code server.key}, {@code ca.crt}, and the same as {@code .p12}. */
    public static Certificates create(TempFolder folder) {
        try (ChildProcess openssl =
                ChildProcess.start(folder.resolve("openssl.log"), Map.of(), List.of("/bin/sh", "-c", MAKE))) {
            if (openssl.await() != 0) {
                throw new AssertionError(openssl.log());
            }
        }
        return new Certificates(folder);
    }

    /** The TLS of a client that trusts the authority. */
    public RawHttp.Layer client() throws GeneralSecurityException, IOException {
        return tls(null);
    }

    /** The TLS of Joe, who shows his certificate. */
    public RawHttp.Layer joe() throws GeneralSecurityException, IOException {
        return tls("joe");
    }

    /** The TLS of Ann, who shows the certificate of her branch as well. */
    public RawHttp.Layer ann() throws GeneralSecurityException, IOException {
        return tls("ann");
    }

    private RawHttp.Layer tls(String person) throws GeneralSecurityException, IOException {
        KeyStore authority = KeyStore.getInstance("PKCS12");
        authority.load(null, null);
        try (InputStream in = Files.newInputStream(file("ca.crt"))) {
            authority.setCertificateEntry(
                    "ca",
                    java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authority);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(
                person == null
                        ? null
                        : KeyStore.getInstance(file(person + ".p12").toFile(), PASSWORD),
                PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return socket -> tls.getSocketFactory().createSocket(socket, RawRequest.HOST, socket.getPort(), true);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }
}
