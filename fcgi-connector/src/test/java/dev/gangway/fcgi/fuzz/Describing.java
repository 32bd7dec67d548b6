package dev.gangway.fcgi.fuzz;

import dev.gangway.api.FcgiRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/** An application without blocking calls that answers with all that it has seen. What it does depends on the path. */
final class Describing extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String seen = describe(request);
        switch (Math.floorMod(request.getHttpURI().getPath().hashCode(), 5)) {
            case 0 -> Content.Sink.write(response, true, seen, callback);
            case 1 -> throw new IllegalStateException(seen);
            default -> Content.Source.asByteBuffer(request, new WithBody(response, callback, seen));
        }
        return true;
    }

    private static String describe(Request request) {
        FcgiRequest fcgi = (FcgiRequest) request.getAttribute(FcgiRequest.ATTRIBUTE);
        return String.join(
                "\n",
                request.getMethod(),
                request.getHttpURI().toString(),
                request.getConnectionMetaData().getProtocol(),
                request.getHeaders().toString(),
                Long.toString(request.getLength()),
                Request.getRemoteAddr(request),
                Integer.toString(Request.getRemotePort(request)),
                Request.getServerName(request),
                Integer.toString(Request.getServerPort(request)),
                Request.getCookies(request).toString(),
                fcgi.role().toString(),
                fcgi.params().toString());
    }

    private record WithBody(Response response, Callback callback, String seen) implements Promise<ByteBuffer> {
        @Override
        public void succeeded(ByteBuffer body) {
            String text = StandardCharsets.ISO_8859_1.decode(body).toString();
            Content.Sink.write(response, true, seen + "\n" + text, callback);
        }

        @Override
        public void failed(Throwable cause) {
            response.setStatus(400);
            Content.Sink.write(response, true, seen + "\n" + cause, callback);
        }
    }
}
