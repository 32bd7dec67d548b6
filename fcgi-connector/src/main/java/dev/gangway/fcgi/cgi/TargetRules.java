package dev.gangway.fcgi.cgi;

import dev.gangway.fcgi.config.PathSource;

/**
 * How the path and query of a request are found.
 *
 * @param source    the parameters that give the path
 * @param prefix    what is removed from the path, escapes included; empty for nothing
 * @param maxLength how many characters path and query may have together, prefix included
 */
public record TargetRules(PathSource source, String prefix, int maxLength) {}
