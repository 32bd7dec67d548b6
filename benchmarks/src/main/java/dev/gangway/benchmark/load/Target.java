package dev.gangway.benchmark.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** Where a server listens, and what it speaks there. */
public record Target(Protocol protocol, SocketAddress address) {
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
