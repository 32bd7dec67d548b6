package org.slf4j;

/** Another version of what the server has too. */
public class MDC {}
