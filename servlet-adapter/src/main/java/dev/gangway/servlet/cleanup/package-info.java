/**
 * What an application leaves behind in a process that goes on without it, and its removal: values in thread-locals of
 * the server's threads ({@link dev.gangway.servlet.cleanup.ThreadLocals}), JDBC drivers, threads and shutdown hooks
 * ({@link dev.gangway.servlet.cleanup.Remains}). Otherwise the classes of the application could not be unloaded.
 */
package dev.gangway.servlet.cleanup;
