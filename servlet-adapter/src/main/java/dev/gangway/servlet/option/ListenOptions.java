package dev.gangway.servlet.option;

import dev.gangway.servlet.listen.ListenAddress;
import dev.gangway.servlet.listen.Listener;
import dev.gangway.servlet.listen.SocketAccess;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where web servers reach the applications. */
public final class ListenOptions {
    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            split = Values.COMMA,
            splitSynopsisLabel = ",",
            description = "Where the web server connects: unix:PATH, tcp:HOST:PORT, or fd:0 for the listening"
                    + " socket that the parent process has opened. Repeatable (default: fd:0 if it is a"
                    + " listening socket).")
    private List<ListenAddress> addresses = List.of();

    @Option(
            names = "--authorizer-listen",
            paramLabel = "ADDRESS",
            split = Values.COMMA,
            splitSynopsisLabel = ",",
            description = "Where every request is a question to the --authorizer, whatever its parameters say; same"
                    + " syntax as --listen. Repeatable (default: none).")
    private List<ListenAddress> authorizerAddresses = List.of();

    @Option(
            names = "--takeover",
            description = "Replace a running Gangway that has the unix: sockets, without a gap: when all applications"
                    + " have started here, new connections come here, and the other process finishes and ends.")
    private boolean takeover;

    @Option(
            names = "--socket-mode",
            paramLabel = "MODE",
            description = "Mode of unix: sockets, ${DEFAULT-VALUE} or stricter (default: ${DEFAULT-VALUE}).")
    private String mode = SocketAccess.DEFAULT_MODE;

    @Option(names = "--socket-owner", paramLabel = "USER", description = "Owner of unix: sockets.")
    private String owner;

    @Option(names = "--socket-group", paramLabel = "GROUP", description = "Group of unix: sockets.")
    private String group;

    /**
     * {@return the addresses to listen on; none if only the development server or the Authorizer listens}
     *
     * @throws IllegalArgumentException if no address is given, or one of them twice
     */
    public List<ListenAddress> addresses(boolean http) {
        List<ListenAddress> all = all();
        if (new HashSet<>(all).size() < all.size()) {
            throw new IllegalArgumentException("the same address is given twice");
        }
        if (addresses.isEmpty()
                && Listener.isInherited()
                && !authorizerAddresses.contains(new ListenAddress.Inherited())) {
            addresses = List.of(new ListenAddress.Inherited());
        }
        if (takeover) {
            requireUnix(http);
        }
        if (http || !all.isEmpty() || !addresses.isEmpty()) {
            return addresses;
        }
        throw new IllegalArgumentException(
                "nowhere to listen: give --listen ADDRESS or --http ADDRESS, or pass a listening socket as descriptor 0");
    }

    /** The running process must be able to keep its addresses until the moment in which they are taken over. */
    private void requireUnix(boolean http) {
        if (http) {
            throw new IllegalArgumentException(
                    "--takeover cannot be used with --http: the running process has the port until it ends");
        }
        for (ListenAddress address : all()) {
            if (address instanceof ListenAddress.Tcp) {
                throw new IllegalArgumentException("--takeover is for unix: sockets, not for " + address
                        + ": when a process closes a TCP port, the system resets the connections that wait there");
            }
            if (address instanceof ListenAddress.Inherited) {
                throw new IllegalArgumentException("--takeover is for unix: sockets, not for fd:0: that socket belongs"
                        + " to the process that has opened it, and stays open while Gangway restarts");
            }
        }
    }

    private List<ListenAddress> all() {
        return Stream.concat(addresses.stream(), authorizerAddresses.stream()).toList();
    }

    /** {@return whether the addresses are taken over from a running process, if there is one} */
    public boolean takeover() {
        return takeover;
    }

    /** {@return the addresses where every request is a question to the Authorizer} */
    public List<ListenAddress> authorizerAddresses() {
        return authorizerAddresses;
    }

    /** @param checked whether the connector checks its peers */
    public SocketAccess access(boolean checked) {
        SocketAccess access = SocketAccess.of(mode, owner, group);
        return checked ? access.fromOtherMachines() : access;
    }
}
