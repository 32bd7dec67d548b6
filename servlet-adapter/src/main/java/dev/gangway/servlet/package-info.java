/**
 * The {@code gangway} command: web applications on the FastCGI connector, from the command line to the end of the
 * process.
 *
 * <p>How an application comes to be served:
 *
 * <ol>
 *   <li>{@code bin/gangway} starts {@link dev.gangway.servlet.command.Main}. The options become objects of {@link
 *       dev.gangway.servlet.option}; what is not on the command line comes from the {@link
 *       dev.gangway.servlet.option.ConfigurationFile} or is a default.
 *   <li>The command makes {@link dev.gangway.servlet.process.RunSettings} of them, in which every value is checked, and
 *       hands them to {@link dev.gangway.servlet.process.Foreground}. {@code gangway check} only prints them.
 *   <li>A {@link dev.gangway.servlet.process.Runner} makes Jetty's server, and loads what is to be served: {@link
 *       dev.gangway.servlet.web.Applications} by name, or a whole {@link dev.gangway.servlet.web.WebappsDirectory}.
 *   <li>A {@link dev.gangway.servlet.environment.EnvironmentDetector} finds out which Servlet API an application was
 *       written for, and {@link dev.gangway.servlet.environment.JettyEnvironment} gives it the matching servlet
 *       container of Jetty in a class loader of its own. The {@code environments} modules run there.
 *   <li>A {@link dev.gangway.servlet.listen.Listener} opens each address before the applications start, so that a
 *       mistake shows at once; connections wait in its backlog. The connector does the rest. If another process has the
 *       address, the {@link dev.gangway.servlet.listen.Succession} takes it over when the applications have started.
 *   <li>In each request, {@link dev.gangway.servlet.request} refuses paths that servers interpret differently, and
 *       {@link dev.gangway.servlet.login} says who the user is. What a server says about itself is in {@link
 *       dev.gangway.servlet.status}, in front of them.
 *   <li>{@link dev.gangway.servlet.process.Signals} end the process, or its {@link
 *       dev.gangway.servlet.process.Lifetime}; when an application stops, {@link dev.gangway.servlet.cleanup} removes
 *       what it has left in the process.
 * </ol>
 *
 * <p>The packages, and which others each one uses; none uses one above it, as {@code LayersTest} checks:
 *
 * <pre>
 *   archive      command
 *   command      environment, failure, handover, http, listen, log, login, option, process, request, status, web
 *   log          failure, login, option, process
 *   option       failure, listen, login, process, request
 *   process      environment, failure, http, listen, login, request, status, web
 *   status       failure, figures, listen, login, web
 *   figures      web
 *   http         failure, listen
 *   web          cleanup, environment, failure, handover, request
 *   environment  failure, request
 *   listen       failure
 *   login        failure
 *   relay        -
 *   request      -
 *   cleanup      -
 *   handover     -
 *   failure      -
 * </pre>
 *
 * <p>{@link dev.gangway.servlet.archive} starts all this once, for the JVM to learn which classes a start needs. {@link
 * dev.gangway.servlet.relay} is a program of its own: it runs without any other jar.
 */
package dev.gangway.servlet;
