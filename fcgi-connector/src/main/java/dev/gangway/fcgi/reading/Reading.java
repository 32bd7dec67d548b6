package dev.gangway.fcgi.reading;

import org.eclipse.jetty.io.RetainableByteBuffer;

/** How a connection waits for input, and which thread runs the tasks that result. */
public interface Reading {
    /** What an application waits for. */
    interface Wanted {
        /** {@return whether the application has got something to read, or nothing will come} */
        boolean isReadable();

        /** {@return whether there is memory for much of it at once} */
        boolean mayBeLarge();
    }

    /** What a connection is told about its input, and what it is asked. */
    interface Listener {
        /** {@return whether a request keeps as much as it may, or the web server does not read the responses} */
        boolean isFull();

        /** The web server will send nothing more. */
        void onInputEnd();

        /** Nothing more will be read, or looked at. */
        void onStopped();

        /** The input cannot be read, or breaks the protocol. */
        void onReadFailure(Throwable cause);

        /** Runs a task that must not wait for a free thread. */
        void runNow(Runnable task);
    }

    // ---- called while parsing, by the holder of the role ----

    /** Has a task run when the parsing is over; it may be null. */
    void addTask(Runnable task);

    /** As {@link #addTask}, for an application that waits for what has come: it reads on by itself. */
    void addWakeUp(Runnable task);

    /** {@return what keeps the content that is being parsed} */
    RetainableByteBuffer input();

    /** Reads no more until {@link Listener#isFull} has changed. */
    void pause();

    // ---- called by anybody ----

    /** Begins. */
    void start();

    /** From now on the connection is read while applications run. */
    void readAhead();

    boolean isReadingAhead();

    /** The application waits, for STDIN or for the web server to take its output, or takes long. */
    void onBusy();

    /** {@link Listener#isFull} may have changed. */
    void resume();

    /** An application reads what has not come: its own thread fetches what is missing, if nobody else reads. */
    void pull(Wanted wanted);

    /** {@return whether nobody was reading, and nobody will from now on: the connection may be closed} */
    boolean stopIdle();

    /** Undoes {@link #stopIdle}. */
    void unstop();

    /** Nothing more will be read. */
    void end();

    /** {@return whether nothing more will come, or be looked at} */
    boolean isEnded();

    /** {@return whether nobody reads, although no request keeps too much} */
    boolean isIdle();

    /** {@return whether nothing is read because a request keeps too much} */
    boolean isPaused();

    /** {@return whether the bytes so far end with a whole record} */
    boolean isBetweenRecords();

    long bytesIn();

    /** {@return for how long nothing has come, in nanoseconds} */
    long idleNanos();
}
