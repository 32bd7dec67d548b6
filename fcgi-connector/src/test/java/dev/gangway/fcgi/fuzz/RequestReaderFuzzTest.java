package dev.gangway.fcgi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.cgi.AuthorizerRequest;
import dev.gangway.fcgi.cgi.BadRequest;
import dev.gangway.fcgi.cgi.CgiRequest;
import dev.gangway.fcgi.cgi.ParamsMemory;
import dev.gangway.fcgi.cgi.RejectedRequest;
import dev.gangway.fcgi.cgi.RequestParams;
import dev.gangway.fcgi.cgi.RequestReader;
import dev.gangway.fcgi.cgi.TargetRules;
import dev.gangway.fcgi.cgi.TlsSession;
import dev.gangway.fcgi.cgi.Token;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.config.PathSource;
import dev.gangway.fcgi.config.PortSource;
import dev.gangway.fcgi.config.TrustedProxies;
import dev.gangway.fcgi.record.Params;
import dev.gangway.fcgi.record.ParamsBuilder;
import dev.gangway.fcgi.record.ParamsLimits;
import dev.gangway.fcgi.record.RequestError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.MethodSource;

/** Any PARAMS: they are refused with a status for the client, or make a request that no client could not have sent. */
@ExtendWith(Quiet.class)
class RequestReaderFuzzTest {
    private static final ParamsLimits LIMITS = new ParamsLimits(1 << 20, 1000, 1024, 64 * 1024);
    private static final int MAX_URI = 2000;

    /** Headers of the hop, and those that have another source or are dangerous. */
    private static final Set<String> NEVER = Set.of(
            "connection", "keep-alive", "proxy-connection", "transfer-encoding", "te", "trailer", "upgrade", "proxy");

    static Stream<byte[]> seeds() {
        return Stream.concat(Seeds.params(), Seeds.kept(RequestReaderFuzzTest.class));
    }

    @Tag("FCGI-117")
    @Tag("FCGI-163")
    @MethodSource("seeds")
    @FuzzTest
    void makesARequestOrRefuses(byte[] bytes) {
        Params params;
        Params sorted;
        try {
            params = decode(bytes);
            sorted = decode(sorted(params));
        } catch (RequestError e) {
            return;
        }

        for (PathSource source : PathSource.values()) {
            // Only pairs of one name have an order.
            assertThat(read(sorted, source)).isEqualTo(read(params, source));
        }
    }

    /** Whatever has been asked on a connection before, a request is read as if it were alone. */
    @Tag("FCGI-117")
    @Tag("FCGI-163")
    @MethodSource("seeds")
    @FuzzTest
    void readsTheSameAfterOtherRequests(byte[] bytes) {
        Random random = new Random(Arrays.hashCode(bytes));
        ParamsMemory memory = new ParamsMemory(new FcgiConfiguration());
        try {
            Params params = decode(bytes);
            for (int i = 0; i < 6; i++) {
                byte[] similar = i % 3 == 2 ? bytes : similar(params, random);
                ParamsBuilder builder = memory.builder();
                builder.add(ByteBuffer.wrap(similar));
                RequestParams read = memory.read(builder.build(), builder);
                assertThat(read(read, PathSource.REQUEST_URI)).isEqualTo(read(decode(similar), PathSource.REQUEST_URI));
            }
        } catch (RequestError e) {
            // Refused before it is read.
        }
    }

    /** Some pairs are left out, some have the value of another one. */
    private static byte[] similar(Params params, Random random) {
        Pairs pairs = Pairs.of();
        for (int pair = 0; pair < params.size(); pair++) {
            int other = random.nextInt(8) == 0 ? random.nextInt(params.size()) : pair;
            if (random.nextInt(8) > 0) {
                pairs = pairs.and(
                        params.name(pair).getBytes(StandardCharsets.ISO_8859_1),
                        params.value(other, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return pairs.encode();
    }

    private static Params decode(byte[] bytes) throws RequestError {
        return Params.decode(bytes, bytes.length, LIMITS);
    }

    private static byte[] sorted(Params params) {
        TreeMap<String, Pairs> byName = new TreeMap<>();
        for (int pair = 0; pair < params.size(); pair++) {
            String name = params.name(pair);
            byte[] value = params.value(pair, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            byName.put(
                    name, byName.getOrDefault(name, Pairs.of()).and(name.getBytes(StandardCharsets.ISO_8859_1), value));
        }
        StringBuilder all = new StringBuilder();
        byName.values().forEach(pairs -> all.append(new String(pairs.encode(), StandardCharsets.ISO_8859_1)));
        return all.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String read(Params received, PathSource source) {
        return read(RequestParams.of(received), source);
    }

    private static String read(RequestParams params, PathSource source) {
        RequestReader reader = new RequestReader(
                params, new TargetRules(source, "", MAX_URI), PortSource.HOST_OR_SERVER, true, TrustedProxies.NONE);
        assertThat(RejectedRequest.of(params).uri().toString()).matches("[!-~]+");
        try {
            CgiRequest request = reader.read();
            check(request);
            checkTls(params);
            checkQuestion(request, params);
            return text(request);
        } catch (BadRequest e) {
            assertThat(e.getCode()).isIn(400, 404, 414);
            return "refused";
        }
    }

    private static void checkQuestion(CgiRequest request, RequestParams params) {
        try {
            check(AuthorizerRequest.of(request, params, "/login", false));
        } catch (BadRequest e) {
            assertThat(e.getCode()).isEqualTo(403);
        }
    }

    private static void check(CgiRequest request) {
        assertThat(Token.is(request.method())).isTrue();
        assertThat(request.uri().toString()).doesNotContainPattern("[\\x00-\\x20\\x7F]");
        assertThat(request.uri().getPathQuery()).matches("(?s)/.*|\\*").hasSizeLessThanOrEqualTo(MAX_URI);
        assertThat(request.uri().getScheme()).isEqualTo(request.secure() ? "https" : "http");
        assertThat(request.uri().getHost()).isNotEmpty();
        assertThat(request.server().getPort()).isBetween(-1, 65535);
        assertThat(request.contentLength()).isGreaterThanOrEqualTo(-1);
        assertThat(request.local().isUnresolved() || request.local().getAddress() != null)
                .isTrue();
        assertThat(request.server() + " " + request.local() + request.remote() + request.role())
                .doesNotContainPattern("[\\x00-\\x08\\x0A-\\x1F\\x7F]");
        for (HttpField field : request.fields()) {
            assertThat(Token.is(field.getName())).as(field.getName()).isTrue();
            assertThat(field.getLowerCaseName()).isNotIn(NEVER);
            assertThat(field.getValue()).doesNotContainPattern("[\\x00-\\x08\\x0A-\\x1F\\x7F]");
        }
        assertThat(request.fields().getFields("Host")).hasSizeLessThanOrEqualTo(1);
        assertThat(request.fields().getFields("Content-Type")).hasSizeLessThanOrEqualTo(1);
        assertThat(request.fields().getFields("Content-Length")).hasSizeLessThanOrEqualTo(1);
    }

    private static void checkTls(RequestParams params) {
        TlsSession tls = new TlsSession(params, reason -> {});
        tls.peerCertificates();
        assertThat(tls.keySize()).isBetween(0, 99_999);
    }

    /** The fields of different names are sent in the order of the pairs. */
    private static String text(CgiRequest request) {
        TreeMap<String, String> fields = new TreeMap<>();
        request.fields()
                .forEach(field -> fields.merge(field.getLowerCaseName(), field.getValue(), (a, b) -> a + "\n" + b));
        return String.join(
                "\n",
                request.method(),
                request.uri().toString(),
                request.version().asString(),
                fields.toString(),
                Long.toString(request.contentLength()),
                request.server().toString(),
                request.local().toString(),
                request.remote().toString(),
                String.valueOf(request.role()));
    }
}
