/**
 * How a mistake of the user becomes one line that says what is wrong and what to do:
 * {@link dev.gangway.servlet.failure.StartFailure}. All packages may use it.
 */
package dev.gangway.servlet.failure;
