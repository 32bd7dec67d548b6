package dev.gangway.fcgi.protocol;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;

import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.Ending;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections of random records and damaged ones. After each the server must be as good as new. */
@ParameterizedClass
@EnumSource(Link.class)
class FuzzTest {
    private static final int CONNECTIONS = 400;
    private static final List<Ending> ENDINGS = List.of(Ending.CLOSE, Ending.RESET, Ending.HALF_CLOSE);

    @RegisterExtension
    final FcgiServer server;

    FuzzTest(Link link) {
        server = new FcgiServer(link);
    }

    @Test
    @Tag("FCGI-115")
    @Tag("FCGI-163")
    void survivesRandomRecords() throws Exception {
        server.start(Apps.ECHO);
        Random random = new Random(20);
        Peer good = server.connect();

        for (int i = 0; i < CONNECTIONS; i++) {
            Peer peer = server.connect();
            byte[] bytes = randomScript(random).bytes();
            if (random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            ENDINGS.get(random.nextInt(3)).after(bytes, peer);
            if (i % 20 == 0) {
                assertThat(good.post(1, KEEP_CONN, "/", "good".getBytes()).response(1))
                        .hasBody("good")
                        .isComplete();
            }
        }

        good.close();
        server.awaitNoConnection();
        server.awaitNoRequest();
    }

    private static Script randomScript(Random random) {
        Script script = new Script();
        int records = 1 + random.nextInt(30);
        for (int i = 0; i < records; i++) {
            int id = 1 + random.nextInt(3);
            switch (random.nextInt(12)) {
                case 0 -> script.begin(id, 1 + random.nextInt(4), random.nextInt(2));
                case 1 -> script.params(id, Pairs.get("/fuzz"));
                case 2 -> script.paramsEnd(id);
                case 3 -> script.stdin(id, new byte[random.nextInt(3000)]);
                case 4 -> script.stdinEnd(id);
                case 5 -> script.abort(id);
                case 6 -> script.getValues("FCGI_MAX_REQS", "FCGI_MPXS_CONNS");
                case 7 -> script.open(id, KEEP_CONN, Pairs.post("/fuzz", random.nextInt(5000)));
                case 8 -> script.post(id, KEEP_CONN, "/fuzz", new byte[random.nextInt(5000)]);
                case 9 -> script.data(id, new byte[random.nextInt(100)]);
                case 10 -> script.params(id, Pairs.post("/fuzz", 10).and("NAME", "value".repeat(random.nextInt(100))));
                default -> {
                    byte[] content = new byte[random.nextInt(200)];
                    random.nextBytes(content);
                    script.record(FcgiRecord.of(random.nextInt(14), random.nextInt(4), content)
                            .withPadding(new byte[random.nextInt(256)]));
                }
            }
        }
        return script;
    }
}
