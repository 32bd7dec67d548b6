/**
 * What may be set, and what is fixed: {@link dev.gangway.fcgi.config.FcgiConfiguration} with its {@link
 * dev.gangway.fcgi.config.FcgiLimits}, the values that they consist of, and {@link
 * dev.gangway.fcgi.config.FixedLimits}. The package knows nothing of requests and connections.
 */
package dev.gangway.fcgi.config;
