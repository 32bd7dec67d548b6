package dev.gangway.conformance.difference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Compares the answers to exchanges behind one web server, and remembers which differences there were. */
final class Comparison {
    private final Behind behind;
    private final Map<String, Set<Difference>> found = new TreeMap<>();
    private final Set<Scope> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    Comparison(Behind behind) {
        this.behind = behind;
    }

    /** Insists that the answers are equal but for accepted differences with their proofs. */
    void compare(Exchange exchange, Evidence evidence) {
        List<String> problems = new ArrayList<>();
        Set<Difference> differences = EnumSet.noneOf(Difference.class);
        if (evidence.direct().size() != evidence.actual().size()) {
            throw new AssertionError("not the same number of requests");
        }
        for (int step = 0; step < evidence.direct().size(); step++) {
            Answer direct = evidence.direct().get(step);
            for (String facet : direct.unequal(evidence.actual().get(step))) {
                Difference difference = accepted(exchange, evidence, step, facet);
                if (difference == null) {
                    problems.add(evidence.tell(step, facet));
                } else if (difference.isCertain()) {
                    differences.add(difference);
                }
            }
        }
        found.put(exchange.name(), differences);
        if (!problems.isEmpty()) {
            throw new AssertionError(exchange + " differs behind " + behind + "\n" + String.join("\n", problems));
        }
    }

    private Difference accepted(Exchange exchange, Evidence evidence, int step, String facet) {
        String direct = evidence.direct().get(step).facet(facet);
        String actual = evidence.actual().get(step).facet(facet);
        for (Difference difference : Difference.values()) {
            for (Scope scope : difference.scopes()) {
                if (scope.covers(behind, exchange, facet, direct, actual)
                        && scope.proof().holds(evidence, step, facet)) {
                    seen.add(scope);
                    return difference;
                }
            }
        }
        return null;
    }

    /** Insists that every accepted difference has been met, so that the list is true. */
    void requireAll() {
        List<String> unseen = new ArrayList<>();
        for (Difference difference : Difference.values()) {
            for (Scope scope : difference.scopes()) {
                if (scope.certain() && scope.behind().contains(behind) && !seen.contains(scope)) {
                    unseen.add(difference + " at " + scope.exchanges() + ", " + scope.facets());
                }
            }
        }
        if (!unseen.isEmpty()) {
            throw new AssertionError("accepted, but no difference behind " + behind + ": " + unseen);
        }
    }

    int exchanges() {
        return found.size();
    }

    /** How many exchanges have been equal, if these do not count. */
    int equalBut(List<Difference> ignored) {
        return (int) found.values().stream().filter(ignored::containsAll).count();
    }
}
