package dev.gangway.sample;

import dev.gangway.api.FcgiRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IO;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The packed WAR in a plain Jetty over HTTP, with a client. What Gangway would tell of a request, if anything, is put
 * in by hand.
 */
final class SampleServer implements BeforeAllCallback, AfterAllCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final FcgiRequest fcgi;
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private Path tempDirectory;

    private SampleServer(FcgiRequest fcgi) {
        this.fcgi = fcgi;
    }

    /** A container without Gangway, where even its classes are out of sight. */
    static SampleServer plain() {
        return new SampleServer(null);
    }

    /** A container in which every request came in like this. */
    static SampleServer behindGangway(FcgiRequest fcgi) {
        return new SampleServer(fcgi);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        server.stop();
        IO.delete(tempDirectory);
    }

    void start() throws Exception {
        tempDirectory = Files.createTempDirectory("gangway-sample");
        WebAppContext webapp = new WebAppContext();
        webapp.setContextPath("/sample");
        webapp.setWar(System.getProperty("sample.war"));
        webapp.setTempDirectory(tempDirectory.toFile());
        webapp.setThrowUnavailableOnStartupException(true);
        if (fcgi == null) webapp.getHiddenClassMatcher().add("dev.gangway.api.");
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Arrivals(webapp));
        server.start();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/sample" + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(PATIENCE);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    HttpResponse<String> post(String path, String type, BodyPublisher body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", type).POST(body).build());
    }

    HttpResponse<String> post(String path, byte[] body) throws IOException, InterruptedException {
        return post(path, "application/octet-stream", BodyPublishers.ofByteArray(body));
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofByteArray());
    }

    /** The body as it arrives; closing it is a client that leaves. */
    HttpResponse<InputStream> open(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofInputStream());
    }

    /** Plays Gangway's part. */
    private final class Arrivals extends Handler.Wrapper {
        Arrivals(Handler handler) {
            super(handler);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (fcgi != null) {
                request.setAttribute(FcgiRequest.ATTRIBUTE, fcgi);
                request.setAttribute(FcgiRequest.PARAMS_ATTRIBUTE, fcgi.paramMap());
            }
            return super.handle(request, response, callback);
        }
    }
}
