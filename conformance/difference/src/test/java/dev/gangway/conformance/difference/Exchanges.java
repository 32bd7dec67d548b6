package dev.gangway.conformance.difference;

import java.util.List;
import java.util.stream.Stream;

/** All of them, by subject. */
final class Exchanges {
    private Exchanges() {}

    static List<Exchange> all() {
        return Stream.of(
                        RequestLines.exchanges(),
                        Headers.exchanges(),
                        Bodies.exchanges(),
                        Sessions.exchanges(),
                        Responses.exchanges(),
                        Dispatches.exchanges(),
                        Securities.exchanges(),
                        Additions.exchanges())
                .flatMap(List::stream)
                .toList();
    }
}
