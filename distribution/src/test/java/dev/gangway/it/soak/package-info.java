/**
 * A long time under a mixture of everything: {@code ./test --soak MINUTES}, and a short one in every test run. Whatever
 * arrives whole has to be right to the last byte, and in the end nothing may be left over.
 */
package dev.gangway.it.soak;
