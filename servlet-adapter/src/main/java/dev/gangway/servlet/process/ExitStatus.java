package dev.gangway.servlet.process;

/** The exit statuses of the command; picocli gives the first three the same numbers. */
public final class ExitStatus {
    /** The command has done what it was asked for, or has ended on a signal. */
    public static final int WANTED = 0;

    /** It could not start. */
    public static final int FAILED = 1;

    /** There is a mistake on the command line. */
    public static final int USAGE = 2;

    /** A second SIGINT: 128 and the number of the signal, as shells report it. */
    static final int INTERRUPTED = 130;

    private ExitStatus() {}
}
