/**
 * Which Servlet API an application needs, and the servlet container of Jetty that has it.
 *
 * <p>{@link dev.gangway.servlet.environment.EeVersionDetector} reads the descriptor and the classes of an application,
 * without loading any. {@link dev.gangway.servlet.environment.ServletEnvironment} makes the class loader for the
 * {@linkplain dev.gangway.servlet.environment.Libraries jars} of a level, on first use, and contexts in it.
 */
package dev.gangway.servlet.environment;
