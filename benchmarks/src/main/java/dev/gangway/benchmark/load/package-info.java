/** Asks a server, as a web server in front of it would, and insists on the right answers. */
package dev.gangway.benchmark.load;
