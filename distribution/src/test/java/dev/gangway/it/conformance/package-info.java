/** The protocol as others see it: the checks of any FastCGI application, other clients, and the eyes of tshark. */
package dev.gangway.it.conformance;
