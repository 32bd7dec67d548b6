/**
 * One request, twice: as the web server sees it, {@link dev.gangway.fcgi.request.FcgiStream}, and as Jetty sees it,
 * {@link dev.gangway.fcgi.request.HttpStreamOverFcgi}. What the request may ask of its connection is {@link
 * dev.gangway.fcgi.request.ConnectionServices}.
 */
package dev.gangway.fcgi.request;
