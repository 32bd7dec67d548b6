package org.apache.catalina;

import ${namespace}.servlet.http.HttpSessionListener;

/** In place of some listener of Tomcat. */
public interface Events extends HttpSessionListener {}
