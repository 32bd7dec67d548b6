/** Servlets for the other roles of FastCGI: an authorizer and a filter. */
package dev.gangway.sample.role;
