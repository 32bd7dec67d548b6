package dev.gangway.conformance.record;

/** The numbers of FastCGI 1.0, section 8, for static import. */
public final class FcgiNumbers {
    public static final int BEGIN_REQUEST = 1;
    public static final int ABORT_REQUEST = 2;
    public static final int END_REQUEST = 3;
    public static final int PARAMS = 4;
    public static final int STDIN = 5;
    public static final int STDOUT = 6;
    public static final int STDERR = 7;
    public static final int DATA = 8;
    public static final int GET_VALUES = 9;
    public static final int GET_VALUES_RESULT = 10;
    public static final int UNKNOWN_TYPE = 11;

    public static final int RESPONDER = 1;
    public static final int AUTHORIZER = 2;
    public static final int FILTER = 3;

    /** The flags of a BEGIN_REQUEST after which the application closes the connection. */
    public static final int CLOSE = 0;

    public static final int KEEP_CONN = 1;

    public static final int REQUEST_COMPLETE = 0;
    public static final int CANT_MPX_CONN = 1;
    public static final int OVERLOADED = 2;
    public static final int UNKNOWN_ROLE = 3;

    public static final int HEADER_LENGTH = 8;
    public static final int MAX_CONTENT = 0xFFFF;

    private FcgiNumbers() {}
}
