package dev.gangway.fcgi.hostile;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;

import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.Ending;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A peer that leaves, by every door and in every state; others do not notice. */
@ParameterizedClass
@EnumSource(Link.class)
class EndingsTest {
    private static final byte[] CONVERSATION = new Script()
            .open(1, KEEP_CONN, Pairs.post("/", 6))
            .stdin(1, "one")
            .open(2, KEEP_CONN, Pairs.post("/", 3))
            .stdin(1, "two")
            .stdin(2, "two")
            .stdinEnd(1)
            .stdinEnd(2)
            .bytes();

    @RegisterExtension
    final FcgiServer server;

    EndingsTest(Link link) {
        server = new FcgiServer(link);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("FCGI-89")
    @Tag("FCGI-115")
    @Tag("FCGI-163")
    void leavesNothingBehind(Ending ending) throws Exception {
        server.start(Apps.ECHO);
        Peer good = server.connect();

        for (int cut = 0; cut <= CONVERSATION.length; cut++) {
            ending.after(Arrays.copyOf(CONVERSATION, cut), server.connect().expect(1, 2));
            if (cut % 20 == 0) {
                assertThat(good.post(1, KEEP_CONN, "/", "good".getBytes()).response(1))
                        .hasBody("good")
                        .isComplete();
            }
        }

        good.close();
        server.awaitNoConnection();
        server.awaitNoRequest();
    }
}
