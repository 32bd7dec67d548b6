package dev.gangway.fcgi.fuzz;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;

import com.sun.management.ThreadMXBean;
import dev.gangway.conformance.record.Script;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Serves GETs on one kept connection and prints how many bytes each of them takes, and how many objects it makes, by
 * class. To be run without a compiler and with a young generation that is never collected: then the numbers are exact.
 */
final class GetMain {
    private static final int WARM_UP = 200;
    private static final int GETS = 1000;
    private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");

    private GetMain() {}

    public static void main(String[] args) throws Exception {
        byte[] hello = "Hello, world!".getBytes();
        MemoryServer server = new MemoryServer(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
                response.write(true, ByteBuffer.wrap(hello), callback);
                return true;
            }
        });
        MemoryConnection connection = server.connect(1 << 20);
        byte[] get = new Script().get(1, KEEP_CONN, "/hello?x=1").bytes();
        serve(connection, get, WARM_UP);
        Map<String, Long> before = histogram();
        long bytesBefore = bytes();
        serve(connection, get, GETS);
        System.out.println("bytes " + (bytes() - bytesBefore) / GETS);
        histogram().forEach((name, count) -> {
            long made = count - before.getOrDefault(name, 0L);
            if (made >= GETS) {
                System.out.println(name + " " + made / GETS);
            }
        });
    }

    private static void serve(MemoryConnection connection, byte[] get, int times) {
        for (int i = 0; i < times; i++) {
            connection.say(ByteBuffer.wrap(get));
            connection.work();
            if (connection.takeOutput().remaining() < 50) {
                throw new AssertionError("no answer");
            }
        }
    }

    /** {@return how many this thread has taken, which serves the requests itself} */
    private static long bytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static Map<String, Long> histogram() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        String text = (String) beans.invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[] {"-all"}},
                new String[] {String[].class.getName()});
        Map<String, Long> counts = new TreeMap<>();
        text.lines()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .forEach(row -> counts.merge(row.group(2), Long.parseLong(row.group(1)), Long::sum));
        return counts;
    }
}
