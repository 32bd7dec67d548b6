/**
 * Servlets that use the whole API and tell what they see of it, as stable text: a line {@code name=value} for each fact.
 * Whatever serves them, the answers must be the same.
 */
package dev.gangway.conformance.webapp;
