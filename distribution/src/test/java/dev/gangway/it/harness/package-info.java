/**
 * Starts what an integration test needs – the runner, real web servers – and talks HTTP to them byte by byte.
 *
 * <p>Everything listens on loopback, on free ports, and lives in a temporary folder; nothing outlives the run.
 */
package dev.gangway.it.harness;
