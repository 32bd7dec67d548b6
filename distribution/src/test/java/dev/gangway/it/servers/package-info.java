/**
 * The sample application behind real web servers: one class for each server, one nested class for each way of setting
 * it up, and in each the same cases, which are the default methods of the {@code …Cases} interfaces.
 *
 * <p>Where a web server itself does not play along, its class names a {@link dev.gangway.it.servers.Limit}.
 */
package dev.gangway.it.servers;
