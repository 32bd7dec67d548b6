/** Writes what has been measured as a page with a picture. */
package dev.gangway.benchmark.report;
