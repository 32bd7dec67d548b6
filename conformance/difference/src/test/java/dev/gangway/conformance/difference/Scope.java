package dev.gangway.conformance.difference;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * Where a difference is accepted, and as what.
 *
 * @param exchanges their names
 * @param facets    their names
 * @param shape     of the values over HTTP and by FastCGI; null for a facet that is not there
 * @param certain   whether it occurs in each run
 */
record Scope(
        Set<Behind> behind,
        Pattern exchanges,
        Pattern facets,
        BiPredicate<String, String> shape,
        Proof proof,
        boolean certain) {
    static Scope in(Behind first, Behind... more) {
        return new Scope(EnumSet.of(first, more), null, null, null, null, true);
    }

    static Scope everywhere() {
        return new Scope(EnumSet.allOf(Behind.class), null, null, null, null, true);
    }

    Scope at(String exchangeNames, String facetNames) {
        return new Scope(behind, Pattern.compile(exchangeNames), Pattern.compile(facetNames), shape, proof, certain);
    }

    /** It depends on how fast the bytes come. */
    Scope sometimes() {
        return new Scope(behind, exchanges, facets, shape, proof, false);
    }

    Scope missing() {
        return shaped((direct, actual) -> actual == null);
    }

    Scope added(String value) {
        return shaped((direct, actual) -> direct == null && value.equals(actual));
    }

    Scope is(String value) {
        return shaped((direct, actual) -> value.equals(actual));
    }

    Scope anyhow() {
        return shaped((direct, actual) -> true);
    }

    Scope shaped(BiPredicate<String, String> how) {
        return new Scope(behind, exchanges, facets, how, proof, certain);
    }

    Scope since(Proof why) {
        return new Scope(behind, exchanges, facets, Objects.requireNonNull(shape), why, certain);
    }

    /** Whether it is accepted in every exchange. */
    boolean isWide() {
        return certain && exchanges.pattern().equals(".*");
    }

    boolean covers(Behind where, Exchange exchange, String facet, String direct, String actual) {
        return behind.contains(where)
                && exchanges.matcher(exchange.name()).matches()
                && facets.matcher(facet).matches()
                && shape.test(direct, actual);
    }
}
