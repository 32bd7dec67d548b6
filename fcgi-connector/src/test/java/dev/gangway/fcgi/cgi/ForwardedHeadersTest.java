package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.config.AddressRanges;
import dev.gangway.fcgi.config.PathSource;
import dev.gangway.fcgi.config.PortSource;
import dev.gangway.fcgi.config.TrustedProxies;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("FCGI-126")
class ForwardedHeadersTest {
    private static final AddressRanges PROXIES = AddressRanges.of(List.of("192.0.2.0/24", "2001:db8::/32"));

    /** The web server's client is 192.0.2.7, and its own port 8080. */
    private static final Pairs GET =
            Pairs.get("/path").with("SERVER_PORT", "8080").with("HTTP_HOST", "inner.example:8080");

    private static CgiRequest request(Pairs pairs) {
        TargetRules rules = new TargetRules(PathSource.REQUEST_URI, "", 100);
        TrustedProxies proxies = TrustedProxies.of(PROXIES);
        return new RequestReader(Given.params(pairs), rules, PortSource.HOST_OR_SERVER, false, proxies).read();
    }

    private static String client(CgiRequest request) {
        return request.remote().getHostString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.9 | 198.51.100.9",
                "203.0.113.1, 198.51.100.9 | 198.51.100.9",
                "203.0.113.1, 198.51.100.9, 192.0.2.8 | 198.51.100.9",
                "203.0.113.1,198.51.100.9,192.0.2.8,2001:db8::5 | 198.51.100.9",
                "192.0.2.1, 192.0.2.2 | 192.0.2.1",
                "198.51.100.9:4711 | 198.51.100.9",
                "[2001:dead::1]:4711 | 2001:dead::1",
                "2001:dead::1 | 2001:dead::1",
                "203.0.113.1, unknown | 192.0.2.7",
                "203.0.113.1, unknown, 192.0.2.8 | 192.0.2.8",
                "198.51.100.9, , | 198.51.100.9",
                "proxy.example | 192.0.2.7"
            })
    void takeTheRightMostThatIsNoneOfThemForTheClient(String header, String client) {
        assertThat(client(request(GET.and("HTTP_X_FORWARDED_FOR", header)))).isEqualTo(client);
        String[] hops = header.split(",", -1);
        Pairs pairs = GET;
        for (String hop : hops) {
            pairs = pairs.and("HTTP_X_FORWARDED_FOR", hop);
        }
        assertThat(client(request(pairs))).isEqualTo(client);
    }

    @Test
    void leaveTheServerAloneIfTheyTellOfTheClientOnly() {
        CgiRequest request = request(GET.and("HTTP_X_FORWARDED_FOR", "198.51.100.9"));

        assertThat(request.uri().toString()).isEqualTo("http://inner.example:8080/path");
        assertThat(request.remote().getPort()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https, www.example, -, https://www.example/path",
                "https, www.example:8443, -, https://www.example:8443/path",
                "https, www.example, 8443, https://www.example:8443/path",
                "https, www.example, 443, https://www.example/path",
                "https, -, -, https://inner.example:8080/path",
                "http, www.example, -, http://www.example/path",
                "HTTPS, -, 443, https://inner.example:8080/path",
                "-, www.example, -, http://www.example/path",
                "ftp, a b, x, http://inner.example:8080/path"
            })
    void tellUnderWhichUrlTheClientAsked(String scheme, String host, String port, String uri) {
        Pairs pairs = GET.and("HTTP_X_FORWARDED_FOR", "198.51.100.9");
        pairs = scheme == null ? pairs : pairs.and("HTTP_X_FORWARDED_PROTO", scheme);
        pairs = host == null ? pairs : pairs.and("HTTP_X_FORWARDED_HOST", host);
        pairs = port == null ? pairs : pairs.and("HTTP_X_FORWARDED_PORT", port);

        CgiRequest request = request(pairs);

        assertThat(request.uri().toString()).isEqualTo(uri);
        assertThat(request.secure()).isEqualTo(uri.startsWith("https"));
        assertThat(request.fields().get(HttpHeader.HOST))
                .isEqualTo(request.uri().getAuthority());
    }

    @Test
    void areEachBelievedAboutTheirOwnClient() {
        Pairs pairs = GET.with("HTTP_HOST", "www.example")
                .and("HTTP_X_FORWARDED_FOR", "203.0.113.1, 198.51.100.9, 192.0.2.8")
                .and("HTTP_X_FORWARDED_PROTO", "http, https, http");

        assertThat(request(pairs).uri().toString()).isEqualTo("https://www.example/path");
        assertThat(request(pairs.with("HTTP_X_FORWARDED_PROTO", "https, http"))
                        .uri()
                        .getScheme())
                .isEqualTo("http");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=198.51.100.9 | 198.51.100.9 | http://inner.example:8080/path",
                "for=198.51.100.9;proto=https;host=www.example | 198.51.100.9 | https://www.example/path",
                "FOR=\"[2001:dead::1]:4711\"; Proto=https; host=\"www.example:81\""
                        + " | 2001:dead::1 | https://www.example:81/path",
                "for=203.0.113.1;proto=https, for=198.51.100.9;proto=http | 198.51.100.9 | http://inner.example:8080/path",
                "for=198.51.100.9;proto=https;host=www.example, for=192.0.2.8;proto=http"
                        + " | 198.51.100.9 | https://www.example/path",
                "for=_hidden;proto=https;host=www.example | 192.0.2.7 | https://www.example/path",
                "proto=https;host=www.example | 192.0.2.7 | https://www.example/path",
                "nonsense | 192.0.2.7 | http://inner.example:8080/path"
            })
    void sayTheSameByTheHeaderForwarded(String header, String client, String uri) {
        CgiRequest request = request(GET.and("HTTP_FORWARDED", header));

        assertThat(client(request)).isEqualTo(client);
        assertThat(request.uri().toString()).isEqualTo(uri);
    }

    @Test
    void passForwardedOnFromTheClientIfTheyHaveTheOtherHeaders() {
        Pairs pairs = GET.and("HTTP_FORWARDED", "for=203.0.113.1;proto=https;host=evil.example")
                .and("HTTP_X_FORWARDED_FOR", "198.51.100.9");

        assertThat(client(request(pairs))).isEqualTo("198.51.100.9");
        assertThat(request(pairs).uri().toString()).isEqualTo("http://inner.example:8080/path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.1", "unix:", "", "192.0.3.7", "192.0.2.7.example"})
    void areBelievedOnlyAtTheirOwnAddress(String address) {
        Pairs pairs = GET.with("REMOTE_ADDR", address)
                .and("HTTP_X_FORWARDED_FOR", "203.0.113.1", "HTTP_X_FORWARDED_PROTO", "https")
                .and("HTTP_X_FORWARDED_HOST", "evil.example", "HTTP_X_FORWARDED_PORT", "1");

        CgiRequest request = request(pairs);

        assertThat(client(request)).isEqualTo(address);
        assertThat(request.uri().toString()).isEqualTo("http://inner.example:8080/path");
        assertThat(request.fields().get("X-Forwarded-For")).isEqualTo("203.0.113.1");
        assertThat(Given.request(pairs.with("REMOTE_ADDR", "192.0.2.7")).uri().getScheme())
                .isEqualTo("http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"for=\"X\"", "for=\"\\X\"", "X", "for=1.2.3.4;X="})
    void areNotHeldUpByWhatAClientHasMadeUp(String header) {
        for (String filler : new String[] {"a", "\\a", " ", ";"}) {
            String made = header.replace("X", filler.repeat(60_000 / filler.length()));

            CgiRequest request = request(GET.and("HTTP_FORWARDED", made + ", for=203.0.113.1"));

            assertThat(client(request)).isIn("203.0.113.1", "192.0.2.7");
        }
    }

    @Test
    void areNotHeldUpByManyHops() {
        String hops = ("a".repeat(999) + ",").repeat(60) + "for=203.0.113.1";

        assertTimeout(Duration.ofSeconds(2), () -> assertThat(client(request(GET.and("HTTP_FORWARDED", hops))))
                .isEqualTo("203.0.113.1"));
    }

    @Test
    void areNotBelievedIfAClientHasLeftAQuoteOpen() {
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> request(GET.and("HTTP_FORWARDED", "for=\"a, for=203.0.113.1")))
                .withMessage("400: bad Forwarded header");
    }
}
