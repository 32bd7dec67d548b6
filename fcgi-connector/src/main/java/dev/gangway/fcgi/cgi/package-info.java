/**
 * The mapping between CGI and HTTP, both ways: PARAMS to a request (RFC 3875, section 4.1, and the conventions of web
 * servers), and a response to a CGI header block (section 6). It knows the configuration, the wire format and {@code
 * jetty-http}.
 */
package dev.gangway.fcgi.cgi;
