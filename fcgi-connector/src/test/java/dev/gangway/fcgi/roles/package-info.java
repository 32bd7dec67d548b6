/** What a web server gets from each role that it may ask for: Responder, Authorizer and Filter. */
package dev.gangway.fcgi.roles;
