/**
 * What holds for the requests of every application before a servlet sees them: {@linkplain
 * dev.gangway.servlet.request.SuspiciousPath paths} that servers interpret differently, the size of forms, the charset
 * of queries, and cookies with quotes.
 *
 * <p>{@link dev.gangway.servlet.request.RequestRules} are those of the whole server; an application may allow itself
 * more paths.
 */
package dev.gangway.servlet.request;
