package dev.gangway.fcgi.variables;

import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.config.PathSource;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    @ParameterizedTest
    @CsvSource({
        "REQUEST_URI, /raw%20path?q=uri",
        "SCRIPT_NAME_PATH_INFO, /script/info%20%C3%A9%3B?q=string",
        "PATH_INFO, /info%20%C3%A9%3B?q=string",
        "DOCUMENT_URI, /document%23?q=string"
    })
    @Tag("FCGI-118")
    @Tag("FCGI-119")
    void takesThePathFromTheChosenParameters(PathSource source, String target) throws Exception {
        Pairs all = Pairs.get("/raw%20path?q=uri")
                .with("QUERY_STRING", "q=string")
                .with("SCRIPT_NAME", "/script")
                .with("PATH_INFO", "/info \u00e9;")
                .with("DOCUMENT_URI", "/document#");

        assertThat(answer(source, all)).hasStatus(200).hasBody(target);
    }

    @ParameterizedTest
    @EnumSource(PathSource.class)
    @Tag("FCGI-99")
    @Tag("FCGI-119")
    void refusesARequestWithoutThem(PathSource source) throws Exception {
        Pairs others = Pairs.get("/raw");
        others = switch (source) {
            case REQUEST_URI -> others.without("REQUEST_URI");
            case SCRIPT_NAME_PATH_INFO -> others.with("DOCUMENT_URI", "/document");
            case PATH_INFO -> others.with("DOCUMENT_URI", "/document").with("SCRIPT_NAME", "/script");
            case DOCUMENT_URI -> others.with("PATH_INFO", "/info").with("SCRIPT_NAME", "/script");
        };

        assertThat(answer(source, others)).hasStatus(400);
    }

    @ParameterizedTest
    @CsvSource({"/script, /info, /script/info", "/script, '', /script", "'', /info, /info"})
    @Tag("FCGI-119")
    void joinsScriptNameAndPathInfo(String scriptName, String pathInfo, String path) throws Exception {
        Pairs pairs = Pairs.get("/raw").with("SCRIPT_NAME", scriptName).with("PATH_INFO", pathInfo);

        assertThat(answer(PathSource.SCRIPT_NAME_PATH_INFO, pairs)).hasBody(path);
    }

    @ParameterizedTest
    @CsvSource({"q=1, /path?q=1", "'', /path", "absent, /path?q=uri"})
    @Tag("FCGI-122")
    void takesTheQueryOfRequestUriOnlyWhereThereIsNoOther(String query, String target) throws Exception {
        Pairs pairs = Pairs.get("/raw?q=uri").with("PATH_INFO", "/path");
        pairs = query.equals("absent") ? pairs.without("QUERY_STRING") : pairs.with("QUERY_STRING", query);

        assertThat(answer(PathSource.PATH_INFO, pairs)).hasBody(target);
    }

    @ParameterizedTest
    @CsvSource({
        "/a%2Fb, /a%252Fb",
        "/a\\b, /a%5Cb",
        "/../a, /../a",
        "/a/..;/b, /a/..%3B/b",
        "//a, //a",
        "/50%, /50%25",
        "/a\u0001b, /a%01b"
    })
    @Tag("FCGI-121")
    void refusesWhatTheHttpConnectorRefuses(String decoded, String encoded) throws Exception {
        for (PathSource source : PathSource.values()) {
            Pairs pairs = Pairs.get("/").with("REQUEST_URI", encoded);
            pairs = switch (source) {
                case REQUEST_URI -> pairs;
                case SCRIPT_NAME_PATH_INFO -> pairs.with("SCRIPT_NAME", decoded);
                case PATH_INFO -> pairs.with("PATH_INFO", decoded);
                case DOCUMENT_URI -> pairs.with("DOCUMENT_URI", decoded);
            };
            assertThat(answer(source, pairs)).hasStatus(HttpTwin.status(encoded));
        }
    }

    @Test
    @Tag("FCGI-121")
    void refusesAPathThatIsNotUtf8() throws Exception {
        byte[] latin = "/caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(answer(PathSource.PATH_INFO, Pairs.get("/").and("PATH_INFO".getBytes(), latin)))
                .hasStatus(400);
        assertThat(answer(
                        PathSource.REQUEST_URI,
                        Pairs.get("/").without("REQUEST_URI").and("SCRIPT_NAME".getBytes(), latin)))
                .hasStatus(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q=caf\u00e9",
                "\u00e9",
                "q=\u00e4\u00b8&r",
                "\u00ff\u00fe=\u00c3",
                "q=\u00c3\u00a9",
                "\u00f0\u009f"
            })
    @Tag("FCGI-122")
    void takesTheBytesOfAQueryAsTheHttpConnectorDoes(String query) throws Exception {
        byte[] bytes = ("/a?" + query).getBytes(StandardCharsets.ISO_8859_1);
        Pairs pairs = Pairs.get("/").without("QUERY_STRING").and("REQUEST_URI".getBytes(), bytes);

        FcgiResponse response = answer(PathSource.REQUEST_URI, pairs);

        assertThat(response).hasStatus(200);
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo("/a?" + HttpTwin.query("/a?" + query));
    }

    @ParameterizedTest
    @CsvSource({
        "/shop/cart%20x;y=1?q=/shop, /cart%20x;y=1?q=/shop",
        "/shop/, /",
        "/shop, /",
        "/shop?q, /?q",
        "/shop/shop/, /shop/",
        "http://app.example/shop/absolute, /absolute"
    })
    @Tag("FCGI-120")
    void removesAPrefix(String uri, String target) throws Exception {
        server.fcgi().setStripPrefix("/shop");

        assertThat(answer(PathSource.REQUEST_URI, Pairs.get(uri)))
                .hasStatus(200)
                .hasBody(target);
    }

    @ParameterizedTest
    @CsvSource({
        "/, 404",
        "/shopping, 404",
        "/shop;x, 404",
        "/other/shop/, 404",
        "/Shop/, 404",
        "*, 404",
        "/shop/../admin, 400",
        "/shop//admin, 400"
    })
    @Tag("FCGI-120")
    @Tag("FCGI-121")
    void servesNothingOutsideThePrefix(String uri, int status) throws Exception {
        server.fcgi().setStripPrefix("/shop");

        assertThat(answer(PathSource.REQUEST_URI, Pairs.get("/").with("REQUEST_URI", uri)))
                .hasStatus(status);
    }

    @Test
    @Tag("FCGI-120")
    void removesAPrefixFromAPathThatWasDecoded() throws Exception {
        server.fcgi().setStripPrefix("/my%20shop");

        assertThat(answer(PathSource.PATH_INFO, Pairs.get("/").with("PATH_INFO", "/my shop/a b")))
                .hasBody("/a%20b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "shop", "/shop/"})
    @Tag("FCGI-120")
    void refusesAPrefixThatIsNoPath(String prefix) {
        assertThatThrownBy(() -> server.fcgi().setStripPrefix(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stripPrefix is " + prefix);
    }

    private FcgiResponse answer(PathSource source, Pairs pairs) throws Exception {
        server.fcgi().setPathSource(source);
        if (server.jetty() == null) {
            server.start(Apps.TARGET);
        }
        return server.connect().request(1, CLOSE, pairs, new byte[0]).response(1);
    }
}
