/**
 * What is served: a few {@linkplain dev.gangway.servlet.web.Applications applications} that all have to start, or a
 * {@linkplain dev.gangway.servlet.web.WebappsDirectory directory} whose applications come, change and go.
 *
 * <p>In a directory, Jetty's scanner reports files ({@link dev.gangway.servlet.web.WebappsScanner}), a factory makes
 * contexts from them ({@link dev.gangway.servlet.web.WebappFactory}), and a deployer puts a new one in place of an old
 * one without losing requests ({@link dev.gangway.servlet.web.GracefulDeployer}). {@link
 * dev.gangway.servlet.web.Admission} says what may be served at all.
 */
package dev.gangway.servlet.web;
