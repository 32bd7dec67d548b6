/**
 * Servlets run unchanged, proved by difference: each {@link dev.gangway.conformance.difference.Exchange} takes four ways,
 * and what comes back is the same, except for the {@link dev.gangway.conformance.difference.Difference}s with a name, a
 * reason and a proof.
 */
package dev.gangway.conformance.difference;
