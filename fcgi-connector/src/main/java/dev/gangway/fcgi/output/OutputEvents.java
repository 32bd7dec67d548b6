package dev.gangway.fcgi.output;

/** What the output of a request reports of its progress, on any thread. */
public interface OutputEvents {
    /** {@return how the connection is shared} */
    Sharing sharing();

    /** The response takes long: aborts and other requests should be looked for meanwhile. */
    void onLongResponse();

    /** Something is held back until STDIN has ended. */
    void onHeld();

    /** END_REQUEST is about to leave: from here on the web server may reuse the id. */
    void onEndEncoded();

    /** END_REQUEST has left, and nothing else will before this returns. */
    void onEndWritten();

    /** END_REQUEST will never leave. */
    void onEndLost();

    /** The connection must end in the middle of the response, so that the web server does not take it for complete. */
    void breakOff();
}
