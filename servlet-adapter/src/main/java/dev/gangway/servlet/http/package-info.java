/**
 * HTTP for development, {@code --http}: a small web server in the same process, which sends each request to the
 * connector by FastCGI, as nginx or Apache httpd would. So an application sees the same with and without a web server
 * in front.
 */
package dev.gangway.servlet.http;
