/** Clients and peers that mean harm. */
package dev.gangway.it.hostile;
