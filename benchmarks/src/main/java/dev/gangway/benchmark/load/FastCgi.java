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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** FastCGI as nginx speaks it. */
public final class FastCgi implements Dialogue {
    private static final int STDIN_LENGTH = 32 * 1024;
    private static final String HEAD_END = "\r\n\r\n";

    private final Outflow out;
    private final List<Response> responses = new ArrayList<>();
    private int unanswered;
    private Header record;
    private int left;

    FastCgi(Outflow out) {
        this.out = out;
    }

    /** {@return different requests of a workload without a body, whole, each one on a connection that is kept} */
    public static List<byte[]> requests(Workload workload, Path root, int count) {
        return BrowserRequest.pool(workload, count).stream()
                .map(request -> head(request, root, 0, true))
                .toList();
    }

    static byte[] head(BrowserRequest request, Path root, int slot, boolean kept) {
        int id = slot + 1;
        byte[] pairs = params(request, root).encode();
        Script script = new Script()
                .begin(id, RESPONDER, kept ? KEEP_CONN : CLOSE)
                .record(FcgiRecord.of(PARAMS, id, pairs).withPadding(new byte[-pairs.length & 7]))
                .paramsEnd(id);
        return request.workload().bodyLength() > 0
                ? script.bytes()
                : script.stdinEnd(id).bytes();
    }

    /** As by the fastcgi_params that come with nginx, and a script that answers all requests. */
    private static Pairs params(BrowserRequest request, Path root) {
        boolean post = request.workload().bodyLength() > 0;
        Pairs pairs = Pairs.of(
                "SCRIPT_FILENAME",
                root + "/index.php",
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
                root.toString(),
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
    public void ask(List<Exchange> exchanges) throws IOException {
        responses.clear();
        exchanges.forEach(exchange -> responses.add(new Response(new Answer(exchange.answer()))));
        unanswered = responses.size();
        out.send(Exchange.parts(exchanges));
    }

    @Override
    public boolean take(ByteBuffer bytes) throws WrongAnswer {
        while (unanswered > 0 && takeRecord(bytes)) {
            if (record.type() == END_REQUEST) {
                response().end();
                unanswered--;
            }
            record = null;
        }
        return unanswered == 0;
    }

    /** {@return whether the record has come whole} */
    private boolean takeRecord(ByteBuffer bytes) throws WrongAnswer {
        if (record == null) {
            if (bytes.remaining() < HEADER_LENGTH) {
                return false;
            }
            record = Header.read(bytes);
            left = record.contentLength() + record.paddingLength();
        }
        int piece = Math.min(left, bytes.remaining());
        int content = Math.min(piece, left - record.paddingLength());
        if (content > 0 && record.type() != END_REQUEST) {
            takeContent(bytes.slice(bytes.position(), content));
        }
        bytes.position(bytes.position() + piece);
        left -= piece;
        return left == 0;
    }

    private void takeContent(ByteBuffer content) throws WrongAnswer {
        if (record.type() != STDOUT) {
            throw new WrongAnswer("a record of type " + record.type() + ": " + Exchange.CHARSET.decode(content));
        }
        response().take(content);
    }

    private Response response() {
        return responses.get(record.id() - 1);
    }

    /** What comes in STDOUT: a header block, then the body. */
    private static final class Response {
        private final Answer answer;
        private String head = "";
        private boolean headEnded;

        Response(Answer answer) {
            this.answer = answer;
        }

        void take(ByteBuffer piece) throws WrongAnswer {
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
