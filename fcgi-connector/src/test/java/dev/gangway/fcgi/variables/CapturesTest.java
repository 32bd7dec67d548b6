package dev.gangway.fcgi.variables;

import static dev.gangway.conformance.record.FcgiNumbers.BEGIN_REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.api.Role;
import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.server.AuthorizerHandler;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.SeenRequest;
import dev.gangway.fcgi.variables.Capture.Expected;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.HostPort;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Replays what real web servers have sent and compares the request that comes of it. */
@Tag("FCGI-117")
@Tag("FCGI-125")
@Tag("FCGI-129")
@Tag("FCGI-130")
@Tag("FCGI-131")
class CapturesTest {
    private static final Set<String> BODILESS = Set.of("GET", "HEAD", "DELETE", "OPTIONS", "TRACE");

    /** What the application saw of a request, and its body, if that was complete. */
    private record Received(SeenRequest request, String bodySha256) {}

    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    private final Map<String, Received> received = new ConcurrentHashMap<>();

    @TestFactory
    Stream<DynamicTest> recordedConnections() throws Exception {
        server.fcgi().setRoles(EnumSet.of(Role.RESPONDER, Role.AUTHORIZER));
        server.start(new AuthorizerHandler(FcgiServer.handler(this::receive)));
        return Capture.all().stream().map(capture -> DynamicTest.dynamicTest(capture.name(), () -> replay(capture)));
    }

    private void receive(Request request, Response response, Callback callback) throws Exception {
        SeenRequest seen = SeenRequest.of(request);
        received.put(request.getId(), new Received(seen, null));
        received.put(request.getId(), new Received(seen, SeenRequest.sha256(request)));
        response.setStatus(200);
        callback.succeeded();
    }

    private void replay(Capture capture) throws Exception {
        received.clear();
        Set<Integer> begun = new HashSet<>();
        List<Expected> expected = capture.expected();
        int compared = 0;
        Peer peer = server.connect();
        Script script = new Script();
        for (FcgiRecord record : capture.records()) {
            if (record.type() == BEGIN_REQUEST && !begun.add(record.id())) {
                // The web server had the answer by then.
                peer.send(script);
                script = new Script();
                compare(expected.get(compared++), peer);
            }
            script.record(record);
        }
        peer.send(script);
        for (Expected cut : expected.stream().filter(CapturesTest::isCutOff).toList()) {
            awaitSeen(cut);
            peer.halfClose();
        }
        while (compared < expected.size()) {
            compare(expected.get(compared++), peer);
        }
        peer.close();
        server.awaitNoRequest();
    }

    /** {@return whether the web server gave up by closing the connection} */
    private static boolean isCutOff(Expected expected) {
        return expected.text("role").equals("RESPONDER") && !expected.is("stdin_complete") && !expected.is("aborted");
    }

    private void awaitSeen(Expected expected) {
        Await.until("the request is seen", () -> received.containsKey(Integer.toString(expected.id())));
    }

    private void compare(Expected expected, Peer peer) {
        if (expected.text("role").equals("AUTHORIZER")) {
            compareQuestion(expected, peer);
            return;
        }
        if (expected.is("aborted")) {
            assertThat(peer.response(expected.id()).appStatus()).isNotZero();
            return;
        }
        if (isCutOff(expected)) {
            peer.expectClosed();
            awaitSeen(expected);
        } else {
            FcgiResponse response = peer.response(expected.id());
            if (isMarked(expected)) {
                compareQuestion(expected, received.get(Integer.toString(expected.id())));
                return;
            }
            if (response.status() != 200) {
                assertThat(response.status()).isEqualTo(HttpTwin.status(expected.text("request_uri")));
                return;
            }
        }
        compare(expected, received.get(Integer.toString(expected.id())));
    }

    /** {@return whether the web server asks an Authorizer without saying so in BEGIN_REQUEST, as nginx does} */
    private boolean isMarked(Expected expected) {
        Received request = received.get(Integer.toString(expected.id()));
        return request != null && "AUTHORIZER".equals(request.request().params().get("FCGI_ROLE"));
    }

    private void compareQuestion(Expected expected, Peer peer) {
        assertThat(peer.response(expected.id()).status()).isEqualTo(200);
        compareQuestion(expected, received.get(Integer.toString(expected.id())));
    }

    private static void compareQuestion(Expected expected, Received received) {
        SeenRequest request = received.request();
        assertThat(request.method()).isEqualTo(expected.text("method"));
        assertThat(request.uri().getPathQuery()).isEqualTo(expected.text("request_uri"));
        assertThat(request.remoteAddr()).isEqualTo(expected.text("remote_addr"));
        assertThat(request.contentLength()).isZero();
        assertThat(request.values("content-type")).isEmpty();
        assertThat(request.params()).doesNotContainKey("REMOTE_PASSWD");
        compareServer(expected, request);
    }

    private static void compare(Expected expected, Received received) {
        SeenRequest request = received.request();
        assertThat(request.method()).isEqualTo(expected.text("method"));
        assertThat(request.uri().getPathQuery()).isEqualTo(expected.text("request_uri"));
        assertThat(request.protocol()).isEqualTo(expected.text("protocol"));
        assertThat(request.secure()).isEqualTo(expected.is("secure"));
        assertThat(request.remoteAddr()).isEqualTo(expected.text("remote_addr"));
        assertThat(request.remotePort())
                .isEqualTo(expected.text("remote_port") == null ? 0 : Integer.parseInt(expected.text("remote_port")));
        compareServer(expected, request);
        compareFields(expected, request);
        assertThat(request.values("transfer-encoding")).isEmpty();
        assertThat(request.contentLength()).isEqualTo(length(expected, request));
        if (expected.is("stdin_complete")) {
            assertThat(received.bodySha256()).isEqualTo(expected.text("body_sha256"));
        }
    }

    /** The 0 that some web servers add to a request without a body is not the client's. */
    private static long length(Expected expected, SeenRequest request) {
        long length = expected.number("content_length");
        boolean added = length == 0
                && BODILESS.contains(request.method())
                && !request.params().containsKey("HTTP_CONTENT_LENGTH");
        return added ? -1 : length;
    }

    private static void compareFields(Expected expected, SeenRequest request) {
        Set<String> hopByHop = new HashSet<>();
        expected.fields("hop_by_hop").forEach(field -> hopByHop.add(field.name()));
        assertThat(request.fields().stream()
                        .filter(field -> !hopByHop.contains(field.name()))
                        .filter(field -> !field.name().equals("content-length")))
                .containsExactlyInAnyOrderElementsOf(expected.fields("headers").stream()
                        .map(field -> new SeenRequest.Field(field.name(), value(field, expected, request)))
                        .filter(field ->
                                !field.name().equals("host") || !field.value().isEmpty())
                        .toList());
    }

    private static String value(SeenRequest.Field sent, Expected expected, SeenRequest request) {
        String value = sent.value().strip();
        return switch (sent.name()) {
            case "host" -> completeHost(value, expected);
            // None of the clients had a comma in a cookie, but some had two headers.
            case "cookie" ->
                request.params().get("SERVER_SOFTWARE").matches("(Apache|Caddy)/.*")
                        ? value.replace(", ", "; ")
                        : value;
            default -> value;
        };
    }

    /** Debian's parameters for nginx have it without the port. */
    private static String completeHost(String host, Expected expected) {
        String port = expected.text("server_port");
        boolean complete = host.isEmpty()
                || new HostPort(host).getPort() > 0
                || port.equals("0")
                || port.equals(expected.is("secure") ? "443" : "80");
        return complete ? host : host + ":" + port;
    }

    private static void compareServer(Expected expected, SeenRequest request) {
        String host = expected.fields("headers").stream()
                .filter(field -> field.name().equals("host"))
                .map(SeenRequest.Field::value)
                .findFirst()
                .orElse(null);
        int port = Integer.parseInt(expected.text("server_port"));
        HostPort server = new HostPort(host == null || host.isEmpty() ? expected.text("server_name") : host);
        if (server.getHost().isEmpty()) {
            // Neither the client nor the web server knows a name.
            return;
        }
        assertThat(request.serverName()).isEqualTo(server.getHost());
        assertThat(request.serverPort()).isEqualTo(server.getPort(port));
    }
}
