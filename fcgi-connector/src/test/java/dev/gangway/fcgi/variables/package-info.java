/**
 * What an application sees of the variables that a web server sends, on a connection; the classes of {@link
 * dev.gangway.fcgi.cgi} have direct tests in their own package.
 */
package dev.gangway.fcgi.variables;
