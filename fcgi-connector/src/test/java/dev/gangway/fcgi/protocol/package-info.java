/** The rules of FastCGI that belong to no single room: which records there are, of which form, and in which order. */
package dev.gangway.fcgi.protocol;
