package dev.gangway.fcgi.cgi;

/**
 * How the path and query of a request are found.
 *
 * @param source    the parameters that give the path
 * @param maxLength how many characters path and query may have together
 */
public record TargetRules(PathSource source, int maxLength) {}
