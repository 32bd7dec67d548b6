/**
 * A plain web application that shows how a request came in. Pages for people are in {@code page}, plain answers for
 * tests in {@code probe}; what both use is here.
 */
package dev.gangway.sample;
