/** Peers that mean harm: what they send, how many they are, and how they leave. */
package dev.gangway.fcgi.hostile;
