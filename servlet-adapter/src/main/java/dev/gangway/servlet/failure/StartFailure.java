package dev.gangway.servlet.failure;

/** Why the runner cannot start, in one line for the user: what is wrong and what to do. */
public class StartFailure extends Exception {
    private static final long serialVersionUID = 1;

    public StartFailure(String message) {
        super(message);
    }

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
