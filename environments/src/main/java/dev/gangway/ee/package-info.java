/**
 * What Gangway adds to Jetty's servlet container: the same sources, compiled once for each Servlet environment with the
 * names of its packages in them.
 *
 * <p>{@link dev.gangway.ee.Webapp} is the context of an application. Jetty finds {@link
 * dev.gangway.ee.ApplicationDefaults} and {@link dev.gangway.ee.Initializers} as services, and asks them while it
 * configures a context: the first one gives it what applications from other containers expect, and the logins of the
 * web server ({@link dev.gangway.ee.WebServerAuthenticator}).
 */
package dev.gangway.ee;
