/**
 * Applications of every environment of Java and Jakarta EE: made-up ones that try all that a container gives, and real
 * ones.
 */
package dev.gangway.it.environments;
