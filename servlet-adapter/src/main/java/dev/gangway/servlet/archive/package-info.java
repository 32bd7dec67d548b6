/**
 * What the JVM keeps for the next start: {@link dev.gangway.servlet.archive.Training} is the start from which it learns
 * which classes are needed.
 */
package dev.gangway.servlet.archive;
