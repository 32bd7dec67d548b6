/** What is measured: servers that run the same three servlets, each in a process of its own. */
package dev.gangway.benchmark.backend;
