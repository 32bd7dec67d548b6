package dev.gangway.servlet.option;

import dev.gangway.fcgi.config.AddressRanges;
import dev.gangway.fcgi.config.AllowedPeers;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.config.TrustedProxies;
import dev.gangway.servlet.failure.FileProblem;
import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.login.Authorizer;
import dev.gangway.servlet.login.LoginPolicy;
import dev.gangway.servlet.login.UsersFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which peers, proxies and users are trusted. */
public final class TrustOptions {
    /** FastCGI 1.0, section 3.2. */
    private static final String WEB_SERVER_ADDRS = "FCGI_WEB_SERVER_ADDRS";

    @Option(
            names = "--allow-peers",
            paramLabel = "ADDRESS",
            split = Values.COMMA,
            splitSynopsisLabel = ",",
            description = "Addresses of the web servers that may connect by TCP, or ranges such as 192.0.2.0/24"
                    + " (default: any).")
    private List<String> allowedPeers = List.of();

    @Option(
            names = "--forwarded",
            paramLabel = "ADDRESS",
            split = Values.COMMA,
            splitSynopsisLabel = ",",
            description = "Addresses, or ranges, of the proxies in front of the web server that are trusted to name"
                    + " the client in X-Forwarded-For, -Proto, -Host and -Port, or in Forwarded (default:" + " none).")
    private List<String> proxies = List.of();

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "File with a secret of at least 16 characters that the web server has to send with every"
                    + " request as the parameter GANGWAY_SECRET; requests without it get 403 (default: none).")
    private Path secretFile;

    @Option(
            names = "--trust-remote-user",
            description = "Accept REMOTE_USER and AUTH_TYPE as the user of a request. The web server has to make"
                    + " sure that no client can set them.")
    private boolean trustRemoteUser;

    @Option(
            names = "--roles-param",
            paramLabel = "NAME",
            description = "Parameter with the roles of that user, separated by commas, semicolons or spaces"
                    + " (default: none).")
    private String rolesParam;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "File with the users of all applications, their passwords and roles, in Jetty's"
                    + " properties format: 'NAME: PASSWORD,ROLE,...' (default: none).")
    private Path users;

    /**
     * Makes a configuration check peers and requests.
     *
     * @throws IllegalArgumentException if a value is invalid
     * @throws StartFailure if the secret cannot be read
     */
    public void apply(FcgiConfiguration configuration) throws StartFailure {
        configuration.setAllowedPeers(peers());
        if (!proxies.isEmpty()) {
            configuration.setTrustedProxies(TrustedProxies.of(AddressRanges.of(proxies)));
        }
        if (secretFile != null) {
            try {
                configuration.setSecret(read(secretFile, "the secret").strip().getBytes(StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw new StartFailure(secretFile + ": " + e.getMessage(), e);
            }
        }
    }

    private AllowedPeers peers() {
        AllowedPeers peers = allowedPeers.isEmpty() ? AllowedPeers.ALL : AllowedPeers.of(allowedPeers);
        String list = System.getenv(WEB_SERVER_ADDRS);
        if (list == null) {
            return peers;
        }
        try {
            return peers.and(AllowedPeers.ofWebServerAddrs(list));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the environment variable " + WEB_SERVER_ADDRS + ": " + e.getMessage(), e);
        }
    }

    /** {@return whether peers are checked, so that they may be on other machines} */
    public boolean isPeerChecked() {
        return !allowedPeers.isEmpty() || secretFile != null || System.getenv(WEB_SERVER_ADDRS) != null;
    }

    public boolean isRemoteUserTrusted() {
        return trustRemoteUser;
    }

    public boolean isSecretRequired() {
        return secretFile != null;
    }

    /**
     * {@return how the user of a request is found}
     *
     * @param authorizer who answers questions to the Authorizer
     * @throws StartFailure if the users cannot be read
     */
    public LoginPolicy loginPolicy(Authorizer authorizer) throws StartFailure {
        if (rolesParam != null && !trustRemoteUser) {
            throw new IllegalArgumentException("--roles-param is of no use without --trust-remote-user");
        }
        return new LoginPolicy(
                trustRemoteUser,
                rolesParam,
                users == null ? null : UsersFile.load(users, read(users, "the users")),
                authorizer);
    }

    private static String read(Path file, String what) throws StartFailure {
        if (!Files.exists(file)) {
            throw new StartFailure("cannot read " + what + ": there is no " + file);
        }
        if (Files.isDirectory(file)) {
            throw new StartFailure("cannot read " + what + ": " + file + " is a directory");
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new StartFailure("cannot read " + what + " in " + file + ": " + FileProblem.reason(e), e);
        }
    }
}
