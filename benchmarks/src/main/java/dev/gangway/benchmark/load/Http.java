package dev.gangway.benchmark.load;

import dev.gangway.benchmark.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Locale;

/** HTTP/1.1 as a proxy speaks it. */
final class Http implements Dialogue {
    private final SocketChannel channel;
    private final Inflow in;

    Http(SocketChannel channel, ByteBuffer buffer) {
        this.channel = channel;
        this.in = new Inflow(channel, buffer);
    }

    static byte[] head(BrowserRequest request, boolean kept) {
        StringBuilder head = new StringBuilder();
        head.append(request.method()).append(' ').append(request.path()).append(" HTTP/1.1\r\n");
        if (!kept) {
            head.append("Connection: close\r\n");
        }
        if (request.workload().bodyLength() > 0) {
            head.append("Content-Type: application/octet-stream\r\nContent-Length: ")
                    .append(request.workload().bodyLength())
                    .append("\r\n");
        }
        for (BrowserRequest.Header header : request.headers()) {
            head.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(Exchange.CHARSET);
    }

    @Override
    public void exchange(List<Exchange> exchanges) throws IOException {
        Exchange.send(exchanges, channel);
        for (Exchange exchange : exchanges) {
            read(exchange.answer());
        }
    }

    private void read(Content expected) throws IOException {
        String head = in.head().toLowerCase(Locale.ROOT);
        if (!head.startsWith("http/1.1 200")) {
            throw new WrongAnswer(head);
        }
        Answer answer = new Answer(expected);
        int length = head.indexOf("\ncontent-length: ");
        if (length >= 0) {
            int from = length + "\ncontent-length: ".length();
            int end = head.indexOf('\r', from);
            in.pass(Long.parseLong(head, from, end < 0 ? head.length() : end, 10), answer::take);
        } else if (head.contains("\ntransfer-encoding: chunked")) {
            readChunks(answer);
        } else if (head.contains("\nconnection: close")) {
            in.passAll(answer::take);
        } else {
            throw new WrongAnswer("of no clear length: " + head);
        }
        answer.end();
    }

    private void readChunks(Answer answer) throws IOException {
        for (int length = chunkLength(); length > 0; length = chunkLength()) {
            in.pass(length, answer::take);
            in.line();
        }
        in.line();
    }

    private int chunkLength() throws IOException {
        return Integer.parseInt(in.line(), 16);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
