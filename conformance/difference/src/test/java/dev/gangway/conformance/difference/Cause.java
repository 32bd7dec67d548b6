package dev.gangway.conformance.difference;

/** Who makes a difference. */
enum Cause {
    WEB_SERVER("the web server"),
    PROTOCOL("FastCGI");

    private final String title;

    Cause(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
