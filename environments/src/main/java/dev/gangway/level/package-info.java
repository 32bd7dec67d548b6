/** What Gangway adds to Jetty's servlet container; compiled once for each level. */
package dev.gangway.level;
