package dev.gangway.runner.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Response.CompleteListener;
import org.eclipse.jetty.fcgi.proxy.FastCGIProxyHandler;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.HostPort;

/** Passes each request on to a FastCGI address, with the parameters that a web server would send. */
final class ForwardingHandler extends FastCGIProxyHandler {
    private static final String CLIENT_REQUEST = ForwardingHandler.class.getName() + ".clientRequest";
    private static final int MAX_CONNECTIONS = 1_000;

    ForwardingHandler(SocketAddress target) {
        super(request -> uri(target), "");
        if (target instanceof UnixDomainSocketAddress unix) {
            setUnixDomainPath(unix.getPath());
        }
    }

    /** Only host and port count: the URI of the request goes into REQUEST_URI as it came. */
    private static HttpURI uri(SocketAddress target) {
        if (target instanceof InetSocketAddress inet) {
            return HttpURI.from(
                    "http", HostPort.normalizeHost(inet.getAddress().getHostAddress()), inet.getPort(), "/");
        }
        return HttpURI.from("http://localhost/");
    }

    @Override
    protected void configureHttpClient(HttpClient client) {
        super.configureHttpClient(client);
        client.setMaxConnectionsPerDestination(MAX_CONNECTIONS);
        client.setMaxRequestHeadersSize(-1);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        // FastCGI has no 100 Continue to wait for; Jetty sends it to the client as soon as the body is read.
        return super.handle(new WithoutExpectation(request), response, callback);
    }

    @Override
    protected org.eclipse.jetty.client.Request newProxyToServerRequest(Request request, HttpURI uri) {
        return super.newProxyToServerRequest(request, uri).attribute(CLIENT_REQUEST, request);
    }

    @Override
    protected void customizeFastCGIHeaders(org.eclipse.jetty.client.Request toServer, HttpFields.Mutable params) {
        Request request = (Request) toServer.getAttributes().get(CLIENT_REQUEST);
        // What the client transport has put together is partly its own: Via, User-Agent, AUTH_TYPE with a password.
        params.clear();
        CgiParams.of(request).forEach(params::add);
    }

    @Override
    protected CompleteListener newServerToProxyResponseListener(
            Request request, org.eclipse.jetty.client.Request toServer, Response response, Callback callback) {
        return new RereadingListener(request, toServer, response, callback);
    }

    private final class RereadingListener extends ProxyResponseListener {
        RereadingListener(
                Request request, org.eclipse.jetty.client.Request toServer, Response response, Callback callback) {
            super(request, toServer, response, callback);
        }

        /** Called again, with its own source, whenever there is more. */
        @Override
        public void onContentSource(org.eclipse.jetty.client.Response fromServer, Content.Source content) {
            boolean first = !(content instanceof RereadingSource);
            super.onContentSource(fromServer, first ? new RereadingSource(content) : content);
        }
    }

    private static final class WithoutExpectation extends Request.Wrapper {
        private final HttpFields headers;

        WithoutExpectation(Request request) {
            super(request);
            headers = HttpFields.build(request.getHeaders())
                    .remove(HttpHeader.EXPECT)
                    .asImmutable();
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
