package dev.gangway.servlet.status;

import dev.gangway.servlet.listen.ListenAddress;
import java.util.List;
import picocli.CommandLine.Option;

/** Options for those who watch over a server. */
public final class StatusOptions {
    @Option(
            names = "--ping",
            paramLabel = "/PATH",
            description = "Answer requests for this path without an application, for the health checks of load"
                    + " balancers: 200 if the server is ready, 503 while it stops or deploys an application, and"
                    + " if it has none that works (default: none).")
    private String ping;

    @Option(
            names = "--status",
            paramLabel = "/PATH",
            description = "Show the status of the server at this path, in place of the applications, to those whom"
                    + " --status-allow names (default: none).")
    private String page;

    @Option(
            names = "--status-allow",
            paramLabel = "ADDRESS|user:NAME",
            split = ",",
            splitSynopsisLabel = ",",
            description = "Addresses of clients that may see --status, or ranges such as 192.0.2.0/24, and users whom"
                    + " the web server names with --trust-remote-user. Repeatable (default: nobody).")
    private List<String> allowed = List.of();

    @Option(
            names = "--status-listen",
            paramLabel = "ADDRESS",
            description = "Tell the status by HTTP at this address as well, also when all threads are busy:"
                    + " unix:PATH or a loopback tcp:HOST:PORT. Whoever can connect sees it (default: none).")
    private ListenAddress address;

    /**
     * {@return the settings that the options stand for}
     *
     * @param isUserTrusted whether the web server is trusted to name the user
     * @throws IllegalArgumentException if a value is invalid
     */
    public StatusSettings settings(boolean isUserTrusted) {
        if (address instanceof ListenAddress.Inherited) {
            throw new IllegalArgumentException("status-listen is fd:0, want unix:PATH or tcp:HOST:PORT");
        }
        OwnPath pingPath = OwnPath.of("ping", ping);
        OwnPath pagePath = OwnPath.of("status", page);
        if (pagePath != null && pagePath.equals(pingPath)) {
            throw new IllegalArgumentException("--ping and --status are the same path, " + page);
        }
        return new StatusSettings(pingPath, pagePath, access(isUserTrusted), address);
    }

    private StatusAccess access(boolean isUserTrusted) {
        if (page == null && allowed.isEmpty()) {
            return null;
        }
        if (page == null) {
            throw new IllegalArgumentException("--status-allow is of no use without --status");
        }
        if (allowed.isEmpty()) {
            throw new IllegalArgumentException("--status needs --status-allow: the clients that may see it, for"
                    + " example --status-allow 127.0.0.1");
        }
        StatusAccess access = StatusAccess.of(allowed);
        if (!access.users().isEmpty() && !isUserTrusted) {
            throw new IllegalArgumentException("--status-allow user:NAME is of no use without --trust-remote-user");
        }
        return access;
    }
}
