package org.eclipse.jetty.server;

/** Another version of what the server has too. */
public class Request {}
