package dev.gangway.conformance.difference;

import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import java.io.IOException;
import java.util.List;

/** By HTTP, each request on a connection of its own. */
record HttpWay(int port, RawHttp.Layer layer) implements Way {
    HttpWay(int port) {
        this(port, socket -> socket);
    }

    @Override
    public Answer send(Request request) {
        try (RawHttp http = new RawHttp(port, layer)) {
            http.send(request.text(port));
            if (request.framing() == Request.Framing.UNFINISHED) {
                http.halfClose();
            }
            RawResponse response = http.receive(RawRequest.of(request.method(), request.target()));
            List<Answer.Header> headers = response.headers().stream()
                    .map(header -> new Answer.Header(header.name(), header.value()))
                    .toList();
            byte[] body = response.body().readAllBytes();
            return Answer.of(response.status(), headers, body, new Answer.Ports(port, http.localPort()));
        } catch (IOException e) {
            return Answer.none(e.toString());
        }
    }
}
