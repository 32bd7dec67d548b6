/**
 * What peers and clients do that an operator should hear of: each {@link dev.gangway.fcgi.incident.Incident} is counted
 * by {@link dev.gangway.fcgi.incident.Incidents}, and logged, but not without bound.
 */
package dev.gangway.fcgi.incident;
