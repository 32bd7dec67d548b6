package dev.gangway.conformance.difference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code --redirects absolute} and {@code --port-from host}, as behind a load balancer, in the oldest and newest
 * environment.
 */
class OptionsIT {
    private static TempFolder folder;
    private static GangwayProcess gangway;
    private static RunningServer nginx;

    @BeforeAll
    static void start() throws IOException {
        folder = TempFolder.create("options");
        List<String> applications = Wars.build(folder, List.of(Environment.EE8, Environment.EE11));
        gangway = GangwayProcess.start(applications, "--redirects=absolute", "--port-from=host");
        nginx = RunningServer.start(
                WebServer.NGINX,
                "tcp",
                Map.of("fcgi.port", Integer.toString(gangway.tcp().getPort())));
    }

    @AfterAll
    static void stop() {
        nginx.close();
        gangway.close();
        folder.close();
    }

    private static Conversation client(Environment environment, Login login) {
        return new Conversation(new HttpWay(nginx.port()), Wars.contextPath(environment, login));
    }

    @ParameterizedTest
    @EnumSource(names = {"EE8", "EE11"})
    void redirectsAreWholeUrls(Environment environment) {
        Conversation client = client(environment, Login.NONE);

        assertThat(client.send(Request.get("/redirect/a?to=b")).header("Location"))
                .isEqualTo("http://app.example" + client.contextPath() + "/redirect/b");
        assertThat(client.send(Request.get("/welcome")).header("Location"))
                .isEqualTo("http://app.example" + client.contextPath() + "/welcome/");
        assertThat(client(environment, Login.FORM)
                        .send(Request.get("/user/who"))
                        .header("Location"))
                .startsWith("http://app.example/" + environment + "/form/login.html");
    }

    @ParameterizedTest
    @EnumSource(names = {"EE8", "EE11"})
    void portIsTheDefaultOneIfTheHostHeaderHasNone(Environment environment) {
        Answer answer =
                client(environment, Login.NONE).send(Request.get("/request/x").host(Request.HOST));

        assertThat(answer.facet("saw serverPort")).isEqualTo("80");
        assertThat(answer.facet("saw localPort")).isEqualTo("<port>");
        assertThat(answer.facet("saw requestURL")).startsWith("http://app.example/");
    }
}
