/**
 * What can be told of a running server: its {@link dev.gangway.servlet.figures.Figures}. Most are counted by the
 * connector and by Jetty anyway; a {@link dev.gangway.servlet.figures.Tally} counts the answers.
 */
package dev.gangway.servlet.figures;
