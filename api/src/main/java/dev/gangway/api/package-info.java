/**
 * All that a web application can see of Gangway. The package is free of servlet types, so that it is the same in every
 * Servlet environment; an application compiles against it with scope {@code provided}.
 */
package dev.gangway.api;
