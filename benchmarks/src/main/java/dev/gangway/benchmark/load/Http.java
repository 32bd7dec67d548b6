package dev.gangway.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;

/** HTTP/1.1 as a proxy speaks it. */
final class Http implements Dialogue {
    private enum State {
        HEAD,
        BODY,
        BODY_TO_END,
        CHUNK_LENGTH,
        CHUNK,
        CHUNK_END,
        TRAILER,
        ANSWERED
    }

    private static final String CONTENT_LENGTH = "\ncontent-length: ";
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

    private final Outflow out;
    private State state = State.ANSWERED;
    private Answer answer;
    private long left;

    Http(Outflow out) {
        this.out = out;
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
    public void ask(List<Exchange> exchanges) throws IOException {
        answer = new Answer(exchanges.get(0).answer());
        state = State.HEAD;
        out.send(Exchange.parts(exchanges));
    }

    @Override
    public boolean take(ByteBuffer bytes) throws WrongAnswer {
        State before;
        do {
            before = state;
            step(bytes);
        } while (state != before);
        return state == State.ANSWERED;
    }

    @Override
    public void takeEnd() throws WrongAnswer {
        if (state != State.BODY_TO_END) {
            throw new WrongAnswer("the server has closed the connection");
        }
        end();
    }

    private void step(ByteBuffer bytes) throws WrongAnswer {
        switch (state) {
            case HEAD -> takeHead(bytes);
            case BODY -> {
                pass(bytes);
                if (left == 0) {
                    end();
                }
            }
            case BODY_TO_END -> pass(bytes);
            case CHUNK_LENGTH -> takeChunkLength(bytes);
            case CHUNK -> {
                pass(bytes);
                state = left == 0 ? State.CHUNK_END : State.CHUNK;
            }
            case CHUNK_END -> state = until(LINE_END, bytes) == null ? State.CHUNK_END : State.CHUNK_LENGTH;
            case TRAILER -> {
                if (until(LINE_END, bytes) != null) {
                    end();
                }
            }
            case ANSWERED -> {
                // Whatever follows belongs to nothing that was asked.
            }
        }
    }

    private void takeHead(ByteBuffer bytes) throws WrongAnswer {
        String head = until(HEAD_END, bytes);
        if (head == null) {
            return;
        }
        head = head.toLowerCase(Locale.ROOT);
        if (!head.startsWith("http/1.1 200")) {
            throw new WrongAnswer(head);
        }
        int length = head.indexOf(CONTENT_LENGTH);
        if (length >= 0) {
            int from = length + CONTENT_LENGTH.length();
            int end = head.indexOf('\r', from);
            left = Long.parseLong(head, from, end < 0 ? head.length() : end, 10);
            state = State.BODY;
        } else if (head.contains("\ntransfer-encoding: chunked")) {
            state = State.CHUNK_LENGTH;
        } else if (head.contains("\nconnection: close")) {
            left = Long.MAX_VALUE;
            state = State.BODY_TO_END;
        } else {
            throw new WrongAnswer("of no clear length: " + head);
        }
    }

    private void takeChunkLength(ByteBuffer bytes) {
        String length = until(LINE_END, bytes);
        if (length != null) {
            left = Long.parseLong(length, 16);
            state = left == 0 ? State.TRAILER : State.CHUNK;
        }
    }

    private void pass(ByteBuffer bytes) throws WrongAnswer {
        int piece = (int) Math.min(left, bytes.remaining());
        answer.take(bytes.slice(bytes.position(), piece));
        bytes.position(bytes.position() + piece);
        left -= piece;
    }

    /** {@return what stands before this end, which is taken too, or null if it has not come} */
    private static String until(byte[] end, ByteBuffer bytes) {
        ByteBuffer wanted = ByteBuffer.wrap(end);
        for (int at = bytes.position(); at + end.length <= bytes.limit(); at++) {
            if (bytes.get(at) == end[0] && bytes.slice(at, end.length).equals(wanted)) {
                byte[] text = new byte[at - bytes.position()];
                bytes.get(text).position(at + end.length);
                return new String(text, Exchange.CHARSET);
            }
        }
        return null;
    }

    private void end() throws WrongAnswer {
        answer.end();
        state = State.ANSWERED;
    }
}
