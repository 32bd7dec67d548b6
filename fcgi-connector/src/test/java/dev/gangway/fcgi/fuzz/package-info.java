/** Inputs that a fuzzer makes; every build tries those that are kept. */
package dev.gangway.fcgi.fuzz;
