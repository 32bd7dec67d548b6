package dev.gangway.fcgi.output;

/** How the requests of a connection share it, as far as is known. It only ever moves down this list. */
public enum Sharing {
    /** They have come one at a time so far. */
    EXCLUSIVE,
    /** The web server has asked whether they may overlap. That is no more than a hint. */
    ANNOUNCED,
    /** They have overlapped, so that one that fails must not take others with it. */
    MULTIPLEXED
}
