package dev.gangway.benchmark.code;

import dev.gangway.benchmark.Workload;
import dev.gangway.benchmark.load.FastCgi;
import dev.gangway.conformance.record.Deframer;
import dev.gangway.conformance.record.FcgiNumbers;
import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.fcgi.cgi.CgiRequest;
import dev.gangway.fcgi.cgi.ParamsMemory;
import dev.gangway.fcgi.cgi.RequestParams;
import dev.gangway.fcgi.cgi.RequestReader;
import dev.gangway.fcgi.cgi.ResponseWriter;
import dev.gangway.fcgi.cgi.TargetRules;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.config.PathSource;
import dev.gangway.fcgi.config.PortSource;
import dev.gangway.fcgi.config.TrustedProxies;
import dev.gangway.fcgi.record.ConnectionError;
import dev.gangway.fcgi.record.ParamsBuilder;
import dev.gangway.fcgi.record.ParamsLimits;
import dev.gangway.fcgi.record.RecordListener;
import dev.gangway.fcgi.record.RecordParser;
import dev.gangway.fcgi.record.RecordType;
import dev.gangway.fcgi.record.RequestError;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The steps of a request that are the connector's own, on the requests of the hello workload. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class HotPath {
    private static final int REQUESTS = 1_024;
    private static final ParamsLimits LIMITS = new ParamsLimits(64 * 1024, 1_000, 64 * 1024, 64 * 1024);
    private static final TargetRules TARGET = new TargetRules(PathSource.REQUEST_URI, "", 8 * 1024);

    private final Sink sink = new Sink();
    private final RecordParser parser = new RecordParser(sink);
    private final ParamsMemory memory = new ParamsMemory(new FcgiConfiguration());
    private final ByteBuffer head = ByteBuffer.allocate(1024);
    private final HttpFields fields = HttpFields.build()
            .put(HttpHeader.CONTENT_TYPE, "text/html;charset=utf-8")
            .put(HttpHeader.CACHE_CONTROL, "no-cache")
            .put(HttpHeader.CONTENT_LENGTH, "13");
    private List<ByteBuffer> requests;
    private List<ByteBuffer> params;
    private int next;

    @Setup
    public void encode() {
        List<byte[]> encoded = FastCgi.requests(Workload.HELLO, Path.of("/srv/www"), REQUESTS);
        requests = encoded.stream().map(ByteBuffer::wrap).toList();
        params = encoded.stream()
                .map(request -> ByteBuffer.wrap(Deframer.records(request).stream()
                        .filter(record -> record.type() == FcgiNumbers.PARAMS)
                        .findFirst()
                        .map(FcgiRecord::content)
                        .orElseThrow()))
                .toList();
    }

    /** The records of a request, without a look into them. */
    @Benchmark
    public long parse() throws ConnectionError {
        parser.parse(any(requests));
        return sink.bytes;
    }

    /** The parameters, to a request, on a new connection. */
    @Benchmark
    public CgiRequest read() throws RequestError {
        ParamsBuilder builder = new ParamsBuilder(LIMITS);
        builder.add(any(params));
        return request(RequestParams.of(builder.build()));
    }

    /** The same on a connection that has served a similar request before. */
    @Benchmark
    public CgiRequest readAgain() throws RequestError {
        ParamsBuilder builder = memory.builder();
        builder.add(any(params));
        return request(memory.read(builder.build(), builder));
    }

    private static CgiRequest request(RequestParams params) {
        return new RequestReader(params, TARGET, PortSource.HOST_OR_SERVER, false, TrustedProxies.NONE).read();
    }

    /** The header block of an answer. */
    @Benchmark
    public ByteBuffer write() {
        ResponseWriter.write(head.clear(), 200, fields);
        return head;
    }

    private ByteBuffer any(List<ByteBuffer> list) {
        next = (next + 1) % REQUESTS;
        return list.get(next).rewind();
    }

    private static final class Sink implements RecordListener {
        private long bytes;

        @Override
        public void onBeginRequest(int id, int role, boolean keepConn) {
            bytes++;
        }

        @Override
        public void onAbortRequest(int id) {
            throw new AssertionError();
        }

        @Override
        public void onContent(RecordType stream, int id, ByteBuffer content) {
            bytes += content.remaining();
        }

        @Override
        public void onEnd(RecordType stream, int id) {
            bytes++;
        }

        @Override
        public void onGetValues(List<String> names) {
            throw new AssertionError();
        }

        @Override
        public void onUnknownManagement(int type) {
            throw new AssertionError();
        }

        @Override
        public void onMisplaced(RecordType type, int id) {
            throw new AssertionError();
        }
    }
}
