package dev.gangway.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** AJP 1.3 as httpd speaks it. */
final class Ajp implements Dialogue {
    private static final short FROM_SERVER = 0x1234;
    private static final short FROM_CONTAINER = 0x4142;
    private static final int MAX_PACKET = 8 * 1024;

    /** Before each packet stand a magic number and its length; before a part of a body one more length. */
    private static final int PREFIX = 4;

    private static final int BODY_PREFIX = 6;

    private static final int FORWARD_REQUEST = 2;
    private static final int SEND_BODY_CHUNK = 3;
    private static final int SEND_HEADERS = 4;
    private static final int END_RESPONSE = 5;
    private static final int GET_BODY_CHUNK = 6;

    private static final int GET = 2;
    private static final int POST = 4;
    private static final int REQUEST_ATTRIBUTE = 0x0A;
    private static final int END_OF_ATTRIBUTES = 0xFF;

    /** The headers that have a number, each one more than the last. */
    private static final List<String> NUMBERED = List.of(
            "Accept",
            "Accept-Charset",
            "Accept-Encoding",
            "Accept-Language",
            "Authorization",
            "Connection",
            "Content-Type",
            "Content-Length",
            "Cookie",
            "Cookie2",
            "Host",
            "Pragma",
            "Referer",
            "User-Agent");

    private static final int FIRST_NUMBER = 0xA001;

    private final Outflow out;
    private Answer answer;
    private ByteBuffer body;
    private boolean answered;

    Ajp(Outflow out) {
        this.out = out;
    }

    static byte[] head(BrowserRequest request) {
        int bodyLength = request.workload().bodyLength();
        ByteBuffer packet = ByteBuffer.allocate(MAX_PACKET)
                .putShort(FROM_SERVER)
                .putShort((short) 0)
                .put((byte) FORWARD_REQUEST)
                .put((byte) (bodyLength > 0 ? POST : GET));
        string(packet, "HTTP/1.1");
        string(packet, request.path());
        string(packet, request.client());
        string(packet, null);
        string(packet, BrowserRequest.HOST);
        packet.putShort((short) 443).put((byte) 1);
        packet.putShort((short) (request.headers().size() + (bodyLength > 0 ? 2 : 0)));
        if (bodyLength > 0) {
            header(packet, "Content-Type", "application/octet-stream");
            header(packet, "Content-Length", Integer.toString(bodyLength));
        }
        request.headers().forEach(header -> header(packet, header.name(), header.value()));
        packet.put((byte) REQUEST_ATTRIBUTE);
        string(packet, "AJP_REMOTE_PORT");
        string(packet, Integer.toString(request.port()));
        packet.put((byte) END_OF_ATTRIBUTES);
        packet.putShort(2, (short) (packet.position() - 4));
        byte[] bytes = new byte[packet.position()];
        packet.flip().get(bytes);
        return bytes;
    }

    private static void header(ByteBuffer packet, String name, String value) {
        int number = NUMBERED.indexOf(name);
        if (number < 0) {
            string(packet, name);
        } else {
            packet.putShort((short) (FIRST_NUMBER + number));
        }
        string(packet, value);
    }

    private static void string(ByteBuffer packet, String text) {
        if (text == null) {
            packet.putShort((short) 0xFFFF);
            return;
        }
        packet.putShort((short) text.length())
                .put(text.getBytes(Exchange.CHARSET))
                .put((byte) 0);
    }

    @Override
    public void ask(List<Exchange> exchanges) throws IOException {
        Exchange exchange = exchanges.get(0);
        answer = new Answer(exchange.answer());
        body = exchange.body().duplicate();
        answered = false;
        if (body.hasRemaining()) {
            sendChunk(exchange.head().duplicate(), MAX_PACKET);
        } else {
            out.send(exchange.head().duplicate());
        }
    }

    @Override
    public boolean take(ByteBuffer bytes) throws IOException {
        while (!answered && bytes.remaining() >= PREFIX) {
            int length = bytes.getShort(bytes.position() + 2);
            if (bytes.remaining() < PREFIX + length) {
                return false;
            }
            if (bytes.getShort() != FROM_CONTAINER) {
                throw new WrongAnswer("not AJP");
            }
            bytes.getShort();
            takePacket(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
        }
        return answered;
    }

    private void takePacket(ByteBuffer packet) throws IOException {
        switch (packet.get()) {
            case SEND_HEADERS -> {
                int status = packet.getShort();
                if (status != 200) {
                    throw new WrongAnswer("status " + status);
                }
            }
            case SEND_BODY_CHUNK -> {
                int length = packet.getShort();
                answer.take(packet.slice(packet.position(), length));
            }
            case GET_BODY_CHUNK -> sendChunk(ByteBuffer.allocate(0), packet.getShort());
            case END_RESPONSE -> {
                answer.end();
                answered = true;
            }
            default -> throw new WrongAnswer("an unknown packet");
        }
    }

    /** Says the next part of the body, at most so long; an empty one at its end. */
    private void sendChunk(ByteBuffer before, int length) throws IOException {
        int chunk = Math.min(body.remaining(), Math.min(length, MAX_PACKET - BODY_PREFIX));
        ByteBuffer prefix = ByteBuffer.allocate(BODY_PREFIX).putShort(FROM_SERVER);
        if (chunk == 0) {
            prefix.putShort((short) 0);
        } else {
            prefix.putShort((short) (chunk + 2)).putShort((short) chunk);
        }
        out.send(before, prefix.flip(), body.slice(body.position(), chunk));
        body.position(body.position() + chunk);
    }
}
