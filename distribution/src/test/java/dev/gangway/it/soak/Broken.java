package dev.gangway.it.soak;

/** An exchange did not come to its end: only right while the web server is being restarted. */
final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    Broken(String what) {
        super(what);
    }
}
