/** What parts of the connector cost, without a server: {@code ./benchmark code}. */
package dev.gangway.benchmark.code;
