/**
 * The words of FastCGI 1.0: records, name-value pairs and what a web server can say with them, and a
 * {@link dev.gangway.conformance.record.Deframer} for what an application says. Nothing here judges: well-formed or not,
 * everything can be said and heard.
 */
package dev.gangway.conformance.record;
