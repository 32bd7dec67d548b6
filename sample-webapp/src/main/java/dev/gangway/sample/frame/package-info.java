/**
 * The frame around all pages: their menu, their security headers, their stylesheet and script. Packed as a jar in
 * WEB-INF/lib, so that the WAR also uses what only a jar can bring: a web fragment, a container initializer, and
 * resources under META-INF.
 */
package dev.gangway.sample.frame;
