/**
 * Events that an operator should hear of: {@link dev.gangway.fcgi.incident.Incidents} counts each {@link
 * dev.gangway.fcgi.incident.Incident} and logs it, within bounds.
 */
package dev.gangway.fcgi.incident;
