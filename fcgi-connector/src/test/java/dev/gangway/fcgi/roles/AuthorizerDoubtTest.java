package dev.gangway.fcgi.roles;

import static dev.gangway.fcgi.roles.AuthorizerQuestions.GRANT;
import static dev.gangway.fcgi.roles.AuthorizerQuestions.ask;
import static dev.gangway.fcgi.roles.AuthorizerQuestions.start;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.config.AuthorizerGrant;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Blocker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An Authorizer that fails, or says nothing clear, denies. */
@ParameterizedClass
@EnumSource(Link.class)
class AuthorizerDoubtTest {
    @RegisterExtension
    final FcgiServer server;

    AuthorizerDoubtTest(Link link) {
        server = AuthorizerQuestions.server(link);
    }

    /** What can go wrong in an application that has said, or is about to say, 200. */
    enum Failure {
        BEFORE {
            @Override
            void handle(Request request, Response response) {
                throw new IllegalStateException("expected by the test");
            }
        },
        AFTER_STATUS {
            @Override
            void handle(Request request, Response response) {
                response.setStatus(200);
                throw new IllegalStateException("expected by the test");
            }
        },
        AFTER_FLUSH {
            @Override
            void handle(Request request, Response response) throws Exception {
                response.setStatus(200);
                flush(response, new byte[0]);
                throw new IllegalStateException("expected by the test");
            }
        },
        AFTER_BODY {
            @Override
            void handle(Request request, Response response) throws Exception {
                flush(response, new byte[100_000]);
                throw new IllegalStateException("expected by the test");
            }
        },
        AFTER_VARIABLES {
            @Override
            void handle(Request request, Response response) throws Exception {
                Apps.fcgi(request).setVariable("REMOTE_USER", "admin");
                flush(response, new byte[1]);
                throw new IllegalStateException("expected by the test");
            }
        },
        HEADERS_TOO_LARGE {
            @Override
            void handle(Request request, Response response) {
                response.setStatus(200);
                Apps.fcgi(request).setVariable("BIG", "x".repeat(70_000));
            }
        },
        CALLBACK_FAILS {
            @Override
            void handle(Request request, Response response) throws Exception {
                flush(response, new byte[10]);
                throw new UnsupportedOperationException("expected by the test");
            }
        };

        abstract void handle(Request request, Response response) throws Exception;

        static void flush(Response response, byte[] content) throws Exception {
            try (Blocker.Callback blocker = Blocker.callback()) {
                response.write(false, ByteBuffer.wrap(content), blocker);
                blocker.block();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    @Tag("FCGI-80")
    void deniesWhateverFails(Failure failure) throws Exception {
        start(server, (request, response, callback) -> {
            try {
                failure.handle(request, response);
                callback.succeeded();
            } catch (UnsupportedOperationException e) {
                callback.failed(e);
            }
        });

        FcgiResponse response = ask(server, Pairs.get("/"));

        assertThat(response.status()).isGreaterThanOrEqualTo(400);
        assertThat(response.header().fields()).noneMatch(field -> field.name().startsWith("Variable-"));
    }

    /** What says nothing, though Jetty makes a status of 200 of it. */
    enum Silence {
        RETURN {
            @Override
            void handle(Request request, Response response) {}
        },
        FLUSH {
            @Override
            void handle(Request request, Response response) throws Exception {
                Failure.flush(response, new byte[0]);
            }
        },
        HEADERS {
            @Override
            void handle(Request request, Response response) {
                response.getHeaders().put("Set-Cookie", "a=b").put("Variable-REMOTE_USER", "joe");
            }
        },
        VARIABLE {
            @Override
            void handle(Request request, Response response) {
                Apps.fcgi(request).setVariable("REMOTE_USER", "joe");
            }
        },
        RESET {
            @Override
            void handle(Request request, Response response) {
                response.setStatus(200);
                response.reset();
            }
        };

        abstract void handle(Request request, Response response) throws Exception;
    }

    @ParameterizedTest
    @EnumSource(Silence.class)
    @Tag("FCGI-80")
    void deniesWhereNothingIsSaid(Silence silence) throws Exception {
        start(server, (request, response, callback) -> {
            silence.handle(request, response);
            if (request.getHttpURI().getPath().equals("/written")) {
                response.write(true, null, callback);
            } else {
                callback.succeeded();
            }
        });

        for (String path : new String[] {"/", "/written"}) {
            FcgiResponse response = ask(server, Pairs.get(path));

            assertThat(response).hasStatus(403).hasBody("").isComplete();
            assertThat(response.header().fields()).isEmpty();
        }
    }

    @Test
    @Tag("FCGI-80")
    void deniesByStatusAloneWithoutTheHandlerThatSeesIt() throws Exception {
        server.start(GRANT);

        assertThat(ask(server, Pairs.get("/"))).hasStatus(403);
    }

    @Test
    @Tag("FCGI-80")
    void doesNotTakeAnErrorPageWithStatus200ForAGrant() throws Exception {
        start(server, (request, response, callback) -> {
            request.setAttribute(ErrorHandler.ERROR_EXCEPTION, new IllegalStateException("expected by the test"));
            response.setStatus(200);
            response.write(true, ByteBuffer.wrap("sorry".getBytes()), callback);
        });

        assertThat(ask(server, Pairs.get("/"))).hasStatus(403).hasBody("");
    }

    @Test
    @Tag("FCGI-80")
    void grantsNothingOnceItIsDenied() throws Exception {
        start(server, (request, response, callback) -> {
            ((AuthorizerGrant) Apps.fcgi(request)).deny();
            response.setStatus(200);
            response.write(true, ByteBuffer.wrap("sorry".getBytes()), callback);
        });

        assertThat(ask(server, Pairs.get("/"))).hasStatus(403).hasBody("");
    }
}
