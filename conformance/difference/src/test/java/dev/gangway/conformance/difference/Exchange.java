package dev.gangway.conformance.difference;

import dev.gangway.it.harness.Environment;
import java.util.List;

/**
 * What a client wants of an application, in one request or in several that build upon each other.
 *
 * @param name      subject and case, separated by a slash
 * @param context   the application, by its login
 * @param transport what is between client and server
 * @param since     the first environment that has what it is about
 */
record Exchange(String name, Login context, Transport transport, Environment since, Script script) {
    interface Script {
        void play(Conversation client);
    }

    enum Transport {
        PLAIN,
        TLS,
        TLS_WITH_CERTIFICATE
    }

    static Exchange of(String name, Request request) {
        return of(name, client -> client.send(request));
    }

    static Exchange of(String name, Script script) {
        return new Exchange(name, Login.NONE, Transport.PLAIN, Environment.EE8, script);
    }

    Exchange at(Login login) {
        return new Exchange(name, login, transport, since, script);
    }

    Exchange by(Transport secure) {
        return new Exchange(name, context, secure, since, script);
    }

    Exchange since(Environment environment) {
        return new Exchange(name, context, transport, environment, script);
    }

    /** The answers that one way gives. */
    List<Answer> play(Way way, String contextPath) {
        Conversation conversation = new Conversation(way, contextPath);
        script.play(conversation);
        return conversation.answers();
    }

    @Override
    public String toString() {
        return name;
    }
}
