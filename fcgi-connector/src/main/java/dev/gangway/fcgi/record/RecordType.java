package dev.gangway.fcgi.record;

/** The types of records (FastCGI 1.0, section 8) with their direction and class. */
public enum RecordType {
    BEGIN_REQUEST(1, true, false),
    ABORT_REQUEST(2, true, false),
    END_REQUEST(3, false, false),
    PARAMS(4, true, false),
    STDIN(5, true, false),
    STDOUT(6, false, false),
    STDERR(7, false, false),
    DATA(8, true, false),
    GET_VALUES(9, true, true),
    GET_VALUES_RESULT(10, false, true),
    UNKNOWN_TYPE(11, false, true);

    private static final RecordType[] BY_CODE = new RecordType[12];

    static {
        for (RecordType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final boolean toApplication;
    private final boolean management;

    RecordType(int code, boolean toApplication, boolean management) {
        this.code = code;
        this.toApplication = toApplication;
        this.management = management;
    }

    /**
     * {@return the type with this number, or null if the specification knows none}
     *
     * @param code 0 to 255
     */
    public static RecordType of(int code) {
        return code < BY_CODE.length ? BY_CODE[code] : null;
    }

    /** {@return the number of this type in a record} */
    public int code() {
        return code;
    }

    /** {@return whether web servers send it, and not applications} */
    public boolean isToApplication() {
        return toApplication;
    }

    /** {@return whether it has request id 0} */
    public boolean isManagement() {
        return management;
    }
}
