package dev.gangway.conformance.difference;

/** How a request gets to a servlet and its answer back. */
interface Way {
    Answer send(Request request);
}
