package dev.gangway.servlet.listen;

import dev.gangway.servlet.failure.StartFailure;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * An open address of the runner. It is opened before the applications start, so that a mistake shows at once; until
 * then connections wait in its backlog.
 */
public final class Listener implements AutoCloseable {
    private final Connector connector;
    private final String name;
    private final SocketAddress address;
    private final Runnable close;
    /** Null if it is not a Unix-domain socket that this process has made. */
    private final SocketFile file;

    private Listener(Connector connector, String name, SocketAddress address, Runnable close, SocketFile file) {
        this.connector = connector;
        this.name = name;
        this.address = address;
        this.close = close;
        this.file = file;
    }

    /** {@return whether a parent process left a listening socket on descriptor 0} */
    public static boolean isInherited() {
        return InheritedSocket.isPresent();
    }

    /**
     * {@return an open listener at an address}
     *
     * @param server the server whose connector it becomes
     * @param access who may connect, if the address is a Unix-domain socket
     * @param takeover whether a process that has such an address goes on until {@link #takeOver}
     * @throws StartFailure if the address cannot be opened, or if it is not safe to do so
     */
    public static Listener open(
            Server server, ListenAddress address, SocketAccess access, boolean takeover, ConnectionFactory factory)
            throws StartFailure {
        if (address instanceof ListenAddress.Unix unix) {
            SocketFile file = SocketFile.bind(unix.path(), access, takeover);
            SocketAddress target = UnixDomainSocketAddress.of(file.path());
            SocketConnector connector = new SocketConnector(server, file, factory);
            return new Listener(connector, unix.toString(), target, connector::stopListening, file);
        }
        if (address instanceof ListenAddress.Tcp tcp) {
            return tcp(server, tcp, access, factory);
        }
        return inherited(server, access, factory);
    }

    /**
     * Checks whether an address could be opened, even if another process has it at the moment.
     *
     * @throws StartFailure if it cannot be opened, or if it is not safe to do so
     */
    public static void check(ListenAddress address, SocketAccess access, boolean takeover) throws StartFailure {
        if (address instanceof ListenAddress.Unix unix) {
            SocketFile.check(unix.path(), access, takeover);
        } else if (address instanceof ListenAddress.Tcp tcp) {
            resolve(tcp, access);
        } else if (!isInherited()) {
            throw InheritedSocket.missing();
        }
    }

    /** {@return whether a process listens at an address at the moment} */
    public static boolean isBusy(ListenAddress address) {
        if (address instanceof ListenAddress.Unix unix) {
            return SocketFile.isInUse(unix.path());
        }
        if (address instanceof ListenAddress.Tcp tcp) {
            try (ServerSocket probe = new ServerSocket()) {
                // As Jetty does, so that connections of an earlier process do not count.
                probe.setReuseAddress(true);
                probe.bind(tcp.address().toSocketAddress());
            } catch (BindException e) {
                return true;
            } catch (IOException e) {
                // The address is not busy, but wrong.
            }
        }
        return false;
    }

    private static Listener tcp(Server server, ListenAddress.Tcp tcp, SocketAccess access, ConnectionFactory factory)
            throws StartFailure {
        InetSocketAddress wanted = resolve(tcp, access);
        ServerConnector connector = new ServerConnector(server, factory);
        connector.setHost(wanted.getAddress().getHostAddress());
        connector.setPort(wanted.getPort());
        connector.setAcceptQueueSize(ListeningSocket.BACKLOG);
        try {
            connector.open();
        } catch (IOException e) {
            throw new StartFailure("cannot listen on " + tcp + ": " + bindFailure(e), e);
        }
        InetSocketAddress bound = new InetSocketAddress(wanted.getAddress(), connector.getLocalPort());
        ListenAddress named = new ListenAddress.Tcp(tcp.address().withPort(bound.getPort()));
        return new Listener(connector, named.toString(), bound, connector::close, null);
    }

    private static InetSocketAddress resolve(ListenAddress.Tcp tcp, SocketAccess access) throws StartFailure {
        InetSocketAddress address = tcp.address().toSocketAddress();
        if (address.isUnresolved()) {
            throw new StartFailure(tcp + ": unknown host '" + tcp.address().host() + "'");
        }
        requireSafe(tcp.toString(), address, access);
        return address;
    }

    private static Listener inherited(Server server, SocketAccess access, ConnectionFactory factory)
            throws StartFailure {
        InheritedSocket socket = InheritedSocket.open();
        SocketAddress address;
        try {
            address = socket.channel().getLocalAddress();
        } catch (IOException e) {
            throw new StartFailure("cannot use descriptor 0: " + e.getMessage(), e);
        }
        String name = "fd:0 (" + name(address) + ")";
        if (address instanceof InetSocketAddress inet) {
            requireSafe(name, inet, access);
        }
        SocketConnector connector = new SocketConnector(server, socket, factory);
        return new Listener(connector, name, address, connector::stopListening, null);
    }

    private static String name(SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            return "tcp:" + new HostPort(inet.getAddress().getHostAddress(), inet.getPort());
        }
        return "unix:" + address;
    }

    /** FCGI-157: a peer can claim any client address, user or certificate, so peers have to be restricted. */
    private static void requireSafe(String name, InetSocketAddress address, SocketAccess access) throws StartFailure {
        if (!access.otherMachines() && !address.getAddress().isLoopbackAddress()) {
            throw new StartFailure(name + " is reachable from other machines, and whoever can connect to a FastCGI"
                    + " port can claim to be any client; say who may with --allow-peers or --secret-file, or use a loopback"
                    + " address or a Unix-domain socket");
        }
    }

    /** {@return what went wrong, without the address that Jetty puts in front} */
    public static String bindFailure(IOException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getMessage();
    }

    /** {@return the connector that accepts from this address} */
    public Connector connector() {
        return connector;
    }

    /** {@return the address to connect to} */
    public SocketAddress address() {
        return address;
    }

    /** {@return whether another process still has the address, and it waits for {@link #takeOver}} */
    public boolean isWaiting() {
        return file != null && file.isWaiting();
    }

    /**
     * Lets web servers connect here instead of to the process that has the address, without a moment in which nobody
     * has it. Without effect if it is not waiting.
     *
     * @throws StartFailure if that cannot be; then the other process keeps the address
     */
    public void takeOver() throws StartFailure {
        if (file != null) {
            file.takeOver();
        }
    }

    /** {@return whether another process has the address now} */
    public boolean isTakenOver() {
        return file != null && file.isTakenOver();
    }

    /** To be called now and then, so that no program that removes old files removes the socket's. */
    public void keepYoung() {
        if (file != null) {
            file.keepYoung();
        }
    }

    /**
     * Stops listening, whether or not the connector has been started, and removes a socket file that the runner has
     * made.
     */
    @Override
    public void close() {
        close.run();
    }

    /** {@return the address as users write it, with the port that was chosen} */
    @Override
    public String toString() {
        return name;
    }
}
