/**
 * What an operator should hear of: {@link dev.gangway.fcgi.incident.Incidents} counts each {@link
 * dev.gangway.fcgi.incident.Incident} and logs it, within bounds. An {@link dev.gangway.fcgi.incident.ActiveRequest} is
 * what an operator sees of a request while it lasts, and {@link dev.gangway.fcgi.incident.SlowRequests} are told of one
 * that lasts long.
 */
package dev.gangway.fcgi.incident;
