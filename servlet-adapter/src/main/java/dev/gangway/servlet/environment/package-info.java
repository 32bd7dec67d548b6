/**
 * Which Servlet API an application needs, and the servlet container of Jetty that has it.
 *
 * <p>{@link dev.gangway.servlet.environment.EnvironmentDetector} reads the descriptor and the classes of an
 * application, without loading any. {@link dev.gangway.servlet.environment.JettyEnvironment} makes the class loader for
 * the {@linkplain dev.gangway.servlet.environment.Libraries jars} of an environment, on first use, and contexts in it.
 */
package dev.gangway.servlet.environment;
