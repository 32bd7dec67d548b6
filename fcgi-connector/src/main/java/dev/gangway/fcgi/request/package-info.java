/**
 * One request, twice: as the web server has it, {@link dev.gangway.fcgi.request.FcgiStream}, and as Jetty has it, {@link
 * dev.gangway.fcgi.request.HttpStreamOverFcgi}. What it may ask of its connection is {@link
 * dev.gangway.fcgi.request.ConnectionServices}.
 */
package dev.gangway.fcgi.request;
