package dev.gangway.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections that are kept open, and are asked now and then: one after the other, by one thread that waits. */
public final class IdleConnections implements AutoCloseable {
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(64 * 1024);
    private final List<Exchange> exchanges;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final List<Dialogue> dialogues = new ArrayList<>();

    private IdleConnections(Target target) {
        this.exchanges = Load.encode(target, Drive.parse("hello/unix/1"), 1);
    }

    /** Opens so many and asks over each one. */
    public static IdleConnections open(Target target, int count) throws IOException {
        IdleConnections connections = new IdleConnections(target);
        for (int i = 0; i < count; i++) {
            SocketChannel channel = target.connect();
            connections.channels.add(channel);
            connections.dialogues.add(target.protocol().over(parts -> sendAll(channel, parts)));
            connections.ask(i);
        }
        return connections;
    }

    private static void sendAll(SocketChannel channel, ByteBuffer... parts) throws IOException {
        while (parts[parts.length - 1].hasRemaining() || parts[0].hasRemaining()) {
            channel.write(parts);
        }
    }

    /** Asks over each one again. */
    public void askAll() throws IOException {
        for (int i = 0; i < channels.size(); i++) {
            ask(i);
        }
    }

    private void ask(int index) throws IOException {
        Dialogue dialogue = dialogues.get(index);
        dialogue.ask(exchanges);
        bytes.clear().flip();
        while (!dialogue.take(bytes)) {
            bytes.compact();
            if (channels.get(index).read(bytes) < 0) {
                throw new WrongAnswer("the server has closed a connection");
            }
            bytes.flip();
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
