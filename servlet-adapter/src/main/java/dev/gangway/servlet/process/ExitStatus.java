package dev.gangway.servlet.process;

/** The exit statuses of the command; picocli gives the first three the same numbers. */
public final class ExitStatus {
    /** A signal asked for it, or help was all that was wanted. */
    public static final int WANTED = 0;

    /** It could not start. */
    public static final int FAILED = 1;

    /** The command line makes no sense. */
    public static final int USAGE = 2;

    /** A second SIGINT: 128 and the number of the signal, as shells report it. */
    static final int INTERRUPTED = 130;

    private ExitStatus() {}
}
