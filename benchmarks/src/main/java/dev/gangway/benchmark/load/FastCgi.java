package dev.gangway.benchmark.load;

import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.END_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.HEADER_LENGTH;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.PARAMS;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.conformance.record.FcgiNumbers.STDIN;
import static dev.gangway.conformance.record.FcgiNumbers.STDOUT;

import dev.gangway.benchmark.Workload;
import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Header;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** FastCGI as nginx speaks it. */
final class FastCgi implements Dialogue {
    private static final int STDIN_LENGTH = 32 * 1024;
    private static final String HEAD_END = "\r\n\r\n";

    private final SocketChannel channel;
    private final Inflow in;

    FastCgi(SocketChannel channel, ByteBuffer buffer) {
        this.channel = channel;
        this.in = new Inflow(channel, buffer);
    }

    static byte[] head(BrowserRequest request, int slot, boolean kept) {
        int id = slot + 1;
        byte[] pairs = params(request).encode();
        Script script = new Script()
                .begin(id, RESPONDER, kept ? KEEP_CONN : CLOSE)
                .record(FcgiRecord.of(PARAMS, id, pairs).withPadding(new byte[-pairs.length & 7]))
                .paramsEnd(id);
        return request.workload().bodyLength() > 0
                ? script.bytes()
                : script.stdinEnd(id).bytes();
    }

    /** As by the fastcgi_params that come with nginx. */
    private static Pairs params(BrowserRequest request) {
        boolean post = request.workload().bodyLength() > 0;
        Pairs pairs = Pairs.of(
                "SCRIPT_FILENAME",
                "/srv/www" + request.path(),
                "QUERY_STRING",
                "",
                "REQUEST_METHOD",
                request.method(),
                "CONTENT_TYPE",
                post ? "application/octet-stream" : "",
                "CONTENT_LENGTH",
                post ? Integer.toString(request.workload().bodyLength()) : "",
                "SCRIPT_NAME",
                request.path(),
                "REQUEST_URI",
                request.path(),
                "DOCUMENT_URI",
                request.path(),
                "DOCUMENT_ROOT",
                "/srv/www",
                "SERVER_PROTOCOL",
                "HTTP/1.1",
                "REQUEST_SCHEME",
                "https",
                "HTTPS",
                "on",
                "GATEWAY_INTERFACE",
                "CGI/1.1",
                "SERVER_SOFTWARE",
                "nginx/1.22.1",
                "REMOTE_ADDR",
                request.client(),
                "REMOTE_PORT",
                Integer.toString(request.port()),
                "SERVER_ADDR",
                "192.0.2.1",
                "SERVER_PORT",
                "443",
                "SERVER_NAME",
                BrowserRequest.HOST,
                "REDIRECT_STATUS",
                "200");
        for (BrowserRequest.Header header : request.headers()) {
            pairs = pairs.and("HTTP_" + header.name().toUpperCase(Locale.ROOT).replace('-', '_'), header.value());
        }
        return pairs;
    }

    static byte[] body(Workload workload) {
        byte[] body = workload.body().bytes();
        Script script = new Script();
        for (int from = 0; from < body.length; from += STDIN_LENGTH) {
            script.record(STDIN, 1, Arrays.copyOfRange(body, from, Math.min(body.length, from + STDIN_LENGTH)));
        }
        return body.length == 0 ? body : script.stdinEnd(1).bytes();
    }

    @Override
    public void exchange(List<Exchange> exchanges) throws IOException {
        Exchange.send(exchanges, channel);
        List<Response> responses = new ArrayList<>(exchanges.size());
        exchanges.forEach(exchange -> responses.add(new Response(new Answer(exchange.answer()))));
        for (int open = exchanges.size(); open > 0; ) {
            Header header = Header.read(in.await(HEADER_LENGTH));
            Response response = responses.get(header.id() - 1);
            switch (header.type()) {
                case STDOUT -> in.pass(header.contentLength(), response::take);
                case END_REQUEST -> {
                    in.skip(header.contentLength());
                    response.end();
                    open--;
                }
                default -> throw new WrongAnswer("a record of type " + header.type());
            }
            in.skip(header.paddingLength());
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** What comes in STDOUT: a header block, then the body. */
    private static final class Response {
        private final Answer answer;
        private String head = "";
        private boolean headEnded;

        Response(Answer answer) {
            this.answer = answer;
        }

        void take(ByteBuffer piece) throws IOException {
            if (!headEnded) {
                takeHead(piece);
            }
            if (piece.hasRemaining()) {
                answer.take(piece);
            }
        }

        private void takeHead(ByteBuffer piece) throws WrongAnswer {
            int already = head.length();
            head += Exchange.CHARSET.decode(piece.duplicate());
            int end = head.indexOf(HEAD_END);
            if (end < 0) {
                piece.position(piece.limit());
                return;
            }
            piece.position(piece.position() + end + HEAD_END.length() - already);
            headEnded = true;
            if (head.startsWith("Status: ") && !head.startsWith("Status: 200")) {
                throw new WrongAnswer(head);
            }
        }

        void end() throws WrongAnswer {
            answer.end();
        }
    }
}
