/**
 * All that a web application can see of Gangway. The package is free of servlet types, so that it is the same for every
 * version of Jakarta EE; an application compiles against it with scope {@code provided}.
 */
package dev.gangway.api;
