/**
 * Examines any FastCGI application: {@link dev.gangway.conformance.Suite} runs every
 * {@link dev.gangway.conformance.Check} against an {@link dev.gangway.conformance.Application} at an address.
 *
 * <p>A check wants no more of the application than that it answers a request for some URI. What the specification
 * states is judged as passed or failed; where it is silent, any end within the deadline is allowed, and named.
 */
package dev.gangway.conformance;
