package dev.gangway.benchmark.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Where a server listens, and what it speaks there.
 *
 * @param root the document root, with an index.php for those that need it
 */
public record Target(Protocol protocol, Path root, SocketAddress address) {
    /** {@return a new connection} */
    SocketChannel connect() throws IOException {
        if (address instanceof InetSocketAddress) {
            return SocketChannel.open(address).setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(address);
        return channel;
    }
}
