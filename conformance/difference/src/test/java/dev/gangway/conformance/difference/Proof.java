package dev.gangway.conformance.difference;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Why a difference cannot be Gangway's: a condition on the evidence for one facet of one answer. */
interface Proof {
    boolean holds(Evidence evidence, int step, String facet);

    /** The web server does the same where it speaks HTTP to Jetty. */
    static Proof proxiedAlike() {
        return (evidence, step, facet) -> evidence.proxied().size() > step
                && Objects.equals(
                        evidence.proxied().get(step).facet(facet),
                        evidence.actual().get(step).facet(facet));
    }

    /** What Gangway has said to the web server is equal to the answer over HTTP, or else to what it says to anybody. */
    static Proof changedAfterwards() {
        return (evidence, step, facet) -> {
            Answer said = evidence.said(step);
            return said != null
                    && (Objects.equals(
                                    said.facet(facet),
                                    evidence.direct().get(step).facet(facet))
                            || Objects.equals(
                                    said.facet(facet), evidence.raw().get(step).facet(facet)));
        };
    }

    /** Gangway has not heard of the request. */
    static Proof notAsked() {
        return (evidence, step, facet) -> evidence.overheard().isEmpty();
    }

    /** The web server has given the request up before the end of its body, if it has asked at all. */
    static Proof givenUp() {
        return (evidence, step, facet) -> evidence.overheard().stream().noneMatch(Overheard::finished);
    }

    /** The web server has asked once more, which no client has told it to. */
    static Proof askedAgain() {
        return (evidence, step, facet) ->
                evidence.overheard().size() > evidence.actual().size();
    }

    /** The web server has said so, or has not said it, in the parameters. */
    static Proof param(String name, Predicate<List<String>> values) {
        return (evidence, step, facet) ->
                evidence.overheard().size() == evidence.actual().size()
                        && values.test(evidence.overheard().get(step).values(name));
    }

    static Proof withoutParam(String name) {
        return param(name, List::isEmpty);
    }

    static Proof paramIs(String name, String value) {
        return param(name, List.of(value)::equals);
    }

    /** It needs no web server: nothing in the parameters or the response has a place for it. */
    static Proof rawAlike() {
        return (evidence, step, facet) -> Objects.equals(
                evidence.raw().get(step).facet(facet),
                evidence.actual().get(step).facet(facet));
    }
}
