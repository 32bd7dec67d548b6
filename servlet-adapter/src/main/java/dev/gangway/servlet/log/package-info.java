/**
 * What is written of requests: a line for each in the {@link dev.gangway.servlet.log.AccessLog}, and more in the {@link
 * dev.gangway.servlet.log.SlowLog} of one that takes long.
 */
package dev.gangway.servlet.log;
