package dev.gangway.sample;

/**
 * A mistake in the query of a request; {@link BadQueryFilter} answers it.
 */
final class BadQuery extends RuntimeException {
    BadQuery(String message) {
        super(message);
    }
}
