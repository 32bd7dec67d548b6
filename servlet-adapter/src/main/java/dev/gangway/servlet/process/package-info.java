/**
 * The process that serves applications, from its start to its end: the {@link dev.gangway.servlet.process.Runner} with
 * all that has to be opened and closed, and {@link dev.gangway.servlet.process.Foreground}, which waits for the
 * {@linkplain dev.gangway.servlet.process.Signals signal} to stop it. Its logs and its scratch directory are here too.
 */
package dev.gangway.servlet.process;
