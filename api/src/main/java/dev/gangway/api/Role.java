package dev.gangway.api;

/** What the web server wants from the application in one request (FastCGI 1.0, section 6). */
public enum Role {
    /** Answers a request, as a CGI program does (section 6.2). */
    RESPONDER(1),
    /** Decides whether the web server may serve a request (section 6.3). */
    AUTHORIZER(2),
    /** Turns a file of the web server into a response (section 6.4). */
    FILTER(3);

    private final int code;

    Role(int code) {
        this.code = code;
    }

    /**
     * {@return the number of this role in a BEGIN_REQUEST record}
     */
    public int code() {
        return code;
    }
}
