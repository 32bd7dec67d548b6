/**
 * What may be set, and what is fixed: {@link dev.gangway.fcgi.config.FcgiConfiguration} with its {@link
 * dev.gangway.fcgi.config.FcgiLimits}, the values that they consist of, and {@link
 * dev.gangway.fcgi.config.FixedLimits}. Also {@link
 * dev.gangway.fcgi.config.AuthorizerGrant}, by which an application says what it means. Knows no other room.
 */
package dev.gangway.fcgi.config;
