package dev.gangway.it.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Pairs;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.Level;
import dev.gangway.it.harness.TempFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A servlet that is asked as an Authorizer grants by what it says, and denies by saying nothing. */
@ParameterizedClass
@EnumSource
@Tag("FCGI-75")
class DecisionIT {
    private static final String[] WAYS = {"", "?forward", "?own", "?passed", "?dispatch"};

    private static TempFolder folder;
    private static GangwayProcess gangway;

    private final Level level;

    DecisionIT(Level level) {
        this.level = level;
    }

    @BeforeAll
    static void start() {
        folder = TempFolder.create("decisions");
        gangway = GangwayProcess.start(House.build(folder, House.OPEN), "--authorizer=original");
    }

    @AfterAll
    static void stop() {
        gangway.close();
        folder.close();
    }

    private FcgiResponse ask(String method, String decision) {
        return Ask.authorize(gangway, Pairs.request(method, House.OPEN.path(level) + "/decide/" + decision));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "message", "content"})
    void statusThatIsSetOrContentGrants(String decision) {
        for (String way : WAYS) {
            for (String method : new String[] {"GET", "HEAD"}) {
                assertThat(ask(method, decision + way).status())
                        .as(method + " " + decision + way)
                        .isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "session", "variable", "flush", "reset"})
    @Tag("FCGI-80")
    void silenceDenies(String decision) {
        for (String way : WAYS) {
            for (String method : new String[] {"GET", "HEAD"}) {
                FcgiResponse response = ask(method, decision + way);

                assertThat(response.status()).as(method + " " + decision + way).isEqualTo(403);
                assertThat(response.headerText()).startsWith("Status: 403");
                assertThat(response.header().fields()).isEmpty();
            }
        }
    }

    /** As a Responder it has answered. */
    @Test
    void silenceIsAnAnswerOtherwise() {
        assertThat(Ask.respond(gangway, Pairs.get(House.OPEN.path(level) + "/decide/nothing"))
                        .status())
                .isEqualTo(200);
    }
}
