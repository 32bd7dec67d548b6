package org.objectweb.asm;

/** Another version of what the server has too. */
public class Type {}
