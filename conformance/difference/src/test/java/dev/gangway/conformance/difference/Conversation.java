package dev.gangway.conformance.difference;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A client that remembers cookies if it is told to, and the last answer. */
final class Conversation {
    private final Way way;
    private final String contextPath;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final List<Answer> answers = new ArrayList<>();

    Conversation(Way way, String contextPath) {
        this.way = way;
        this.contextPath = contextPath;
    }

    /** Without any cookies, unless the request has them; its target is in the application. */
    Answer send(Request request) {
        return sendAsIs(request.below(contextPath));
    }

    /** The target is one of the site. */
    Answer sendAsIs(Request request) {
        Answer answer = way.send(request);
        answers.add(answer);
        answer.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase("Set-Cookie"))
                .map(header -> header.value().split(";")[0].split("=", 2))
                .forEach(cookie -> cookies.put(cookie[0], cookie[1]));
        return answer;
    }

    /** With all cookies so far. */
    Answer sendOn(Request request) {
        return sendAsIs(withCookies(request.below(contextPath)));
    }

    /** Goes where the last answer has sent it, with all cookies. */
    Answer follow() {
        String location = last().header("Location");
        if (location == null) {
            return Answer.none("no Location in " + last());
        }
        URI uri = URI.create(location);
        String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        return sendAsIs(withCookies(Request.get(target)));
    }

    private Request withCookies(Request request) {
        return cookies.isEmpty()
                ? request
                : request.with(
                        "Cookie",
                        cookies.entrySet().stream()
                                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                .collect(Collectors.joining("; ")));
    }

    String cookie(String name) {
        return cookies.getOrDefault(name, "none");
    }

    String contextPath() {
        return contextPath;
    }

    Answer last() {
        return answers.get(answers.size() - 1);
    }

    List<Answer> answers() {
        return List.copyOf(answers);
    }
}
