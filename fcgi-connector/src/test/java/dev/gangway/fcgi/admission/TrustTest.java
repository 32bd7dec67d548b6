package dev.gangway.fcgi.admission;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.config.AllowedPeers;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.LogCapture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustTest {
    private static final String SECRET = "0123456789abcdef";

    @RegisterExtension
    final LogCapture log = new LogCapture();

    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    @RegisterExtension
    final FcgiServer unix = new FcgiServer(Link.UNIX);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.0/8", "::1,127.0.0.1"})
    @Tag("FCGI-9")
    @Tag("FCGI-12")
    void servesAnAllowedPeer(String allowed) throws Exception {
        server.fcgi().setAllowedPeers(AllowedPeers.of(List.of(allowed.split(","))));
        server.start(Apps.TARGET);

        assertThat(server.connect().get(1, KEEP_CONN, "/").response(1)).hasStatus(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "10.0.0.0/8", "::1"})
    @Tag("FCGI-9")
    @Tag("FCGI-157")
    void closesTheConnectionOfAnotherPeerUnread(String allowed) throws Exception {
        server.fcgi().setAllowedPeers(AllowedPeers.of(List.of(allowed)));
        server.start(Apps.TARGET);

        Peer peer = server.connect();
        peer.expectClosed();

        assertThat(server.begun()).isZero();
        assertThat(log.text()).contains("127.0.0.1").contains("is not an allowed peer");
    }

    @Test
    @Tag("FCGI-9")
    @Tag("FCGI-10")
    void allowsTcpOnlyByTheListOfTheEnvironment() throws Exception {
        server.fcgi().setAllowedPeers(AllowedPeers.ofWebServerAddrs("10.0.0.1,127.0.0.1"));
        server.start(Apps.TARGET);
        unix.fcgi().setAllowedPeers(AllowedPeers.ofWebServerAddrs("10.0.0.1,127.0.0.1"));
        unix.start(Apps.TARGET);

        assertThat(server.connect().get(1, KEEP_CONN, "/").response(1)).hasStatus(200);
        unix.connect().expectClosed();
        assertThat(unix.begun()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1.2.3", "300.1.1.1", "127.0.0.1,", "127.0.0.1, 127.0.0.2", "::1", "localhost", "010.0.0.1"})
    @Tag("FCGI-11")
    void refusesAMalformedListOfTheEnvironment(String list) {
        assertThatThrownBy(() -> AllowedPeers.ofWebServerAddrs(list)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "1.2.3", "300.1.1.1", "10.0.0.0/33", "a b"})
    @Tag("FCGI-12")
    void refusesAMalformedAddress(String address) {
        assertThatThrownBy(() -> AllowedPeers.of(List.of(address))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "2001:db8::/32, 2001:db8::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "127.0.0.1, ::ffff:127.0.0.1, true"
    })
    @Tag("FCGI-12")
    void knowsRanges(String allowed, String peer, boolean expected) throws Exception {
        AllowedPeers peers = AllowedPeers.of(List.of(allowed));

        assertThat(peers.allow(new InetSocketAddress(InetAddress.getByName(peer), 1)))
                .isEqualTo(expected);
        assertThat(peers.allow(UnixDomainSocketAddress.of(""))).isTrue();
    }

    @Test
    @Tag("FCGI-159")
    void servesARequestWithTheSecretAndHidesIt() throws Exception {
        server.fcgi().setSecret(SECRET.getBytes(StandardCharsets.UTF_8));
        server.fcgi().setAttributes(List.of("GANGWAY_*"));
        server.start((request, response, callback) -> {
            assertThat(Apps.params(request)).doesNotContainKey("GANGWAY_SECRET");
            assertThat(Apps.fcgi(request).params()).extracting("name").doesNotContain("GANGWAY_SECRET");
            assertThat(request.getAttributeNameSet()).doesNotContain("GANGWAY_SECRET");
            callback.succeeded();
        });

        assertThat(ask(SECRET)).hasStatus(200).isComplete();
        assertThat(ask(SECRET, SECRET)).hasStatus(200).isComplete();
    }

    @Test
    @Tag("FCGI-159")
    @Tag("FCGI-98")
    void refusesARequestWithoutTheSecret() throws Exception {
        server.fcgi().setSecret(SECRET.getBytes(StandardCharsets.UTF_8));
        server.start(Apps.TARGET);

        assertThat(ask()).hasStatus(403).isComplete();
        assertThat(ask("")).hasStatus(403);
        assertThat(ask("wrong")).hasStatus(403);
        assertThat(ask(SECRET + "x")).hasStatus(403);
        assertThat(ask(SECRET, "wrong")).hasStatus(403);
        assertThat(ask("wrong", SECRET)).hasStatus(403);
        assertThat(server.begun()).isZero();
        assertThat(log.text()).contains("without the secret").doesNotContain(SECRET, "wrong");
    }

    /** Apache httpd gives each variable of a request another name when it redirects it within itself. */
    @Test
    @Tag("FCGI-159")
    @Tag("FCGI-164")
    void hidesTheSecretAndThePasswordByAnyName() throws Exception {
        server.fcgi().setSecret(SECRET.getBytes(StandardCharsets.UTF_8));
        server.fcgi().setAttributes(List.of("REDIRECT_*", "GANGWAY_*", "REMOTE_*", "COPIED", "NOT_*"));
        server.start((request, response, callback) -> {
            Content.Sink.write(
                    response,
                    true,
                    Apps.params(request) + "" + Apps.fcgi(request).params() + request.asAttributeMap()
                            + Apps.params(request).values() + request.getAttributeNameSet(),
                    callback);
        });
        Pairs pairs = Pairs.get("/")
                .and("GANGWAY_SECRET", SECRET)
                .and("REDIRECT_GANGWAY_SECRET", SECRET, "REDIRECT_REDIRECT_GANGWAY_SECRET", "earlier-secret")
                .and(
                        "REMOTE_PASSWD",
                        "pass",
                        "REDIRECT_REMOTE_PASSWD",
                        "pass",
                        "REDIRECT_REDIRECT_REMOTE_PASSWD",
                        "pass")
                .and("COPIED", SECRET, "REDIRECT_X", "shown", "NOT_REDIRECT_GANGWAY", "shown");

        FcgiResponse response =
                server.connect().request(1, KEEP_CONN, pairs, new byte[0]).response(1);

        assertThat(response.text())
                .contains("REDIRECT_X", "NOT_REDIRECT_GANGWAY")
                .doesNotContain(SECRET, "earlier-secret", "SECRET", "COPIED", "PASSWD", "pass");
    }

    @Test
    @Tag("FCGI-159")
    void wantsALongSecret() {
        assertThatThrownBy(() -> server.fcgi().setSecret(new byte[15])).isInstanceOf(IllegalArgumentException.class);
    }

    private FcgiResponse ask(String... secrets) {
        Pairs pairs = Pairs.get("/");
        for (String secret : secrets) {
            pairs = pairs.and("GANGWAY_SECRET", secret);
        }
        return server.connect().request(1, KEEP_CONN, pairs, new byte[0]).response(1);
    }
}
