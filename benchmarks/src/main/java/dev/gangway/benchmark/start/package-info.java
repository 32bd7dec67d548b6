/**
 * What a start costs: from the start of the process to the first good answer of an application, and how large the process
 * is afterwards. {@code ./benchmark start} compares Gangway with Tomcat and with Jetty as they are downloaded, each with
 * the same applications and the options that it has by default.
 */
package dev.gangway.benchmark.start;
