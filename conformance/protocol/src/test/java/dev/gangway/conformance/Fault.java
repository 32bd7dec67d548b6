package dev.gangway.conformance;

/** What can be wrong with an application, and the check that has to notice. */
enum Fault {
    SILENT("A plain request is answered and ended by REQUEST_COMPLETE", "no answer in 2 s"),
    STDOUT_LEFT_OPEN("One empty record closes STDOUT before END_REQUEST", "no empty STDOUT record"),
    STDOUT_CLOSED_TWICE("One empty record closes STDOUT before END_REQUEST", "goes on"),
    STDERR_LEFT_OPEN("An empty record closes STDERR if it was used", "no empty STDERR record"),
    VERSION_ZERO("Records have version 1", "another version"),
    SHORT_END("END_REQUEST has 8 bytes", "7 bytes"),
    UNASKED_RESULT("Nothing comes but STDOUT, STDERR and END_REQUEST", "not asked for"),
    LATE_OUTPUT("Nothing comes after END_REQUEST", "type 6"),
    PARSED_HEADERS("The response begins with CGI header fields", "not a field: HTTP/1.1 200 OK"),
    PADDING_NOT_SKIPPED("Records may have 255 bytes of padding that look like records", ""),
    RESERVED_TAKEN_SERIOUSLY("Reserved bytes are ignored", "connection closed"),
    ALL_FLAGS_COUNT("Flags other than KEEP_CONN are ignored", "flags FE: the connection stays open"),
    SIGNED_LENGTHS("A record may have 65535 bytes of content", "connection closed"),
    SHORT_LENGTHS_ONLY("Short names and values may have lengths of four bytes", "status 400"),
    PAIRS_PER_RECORD("Pairs may be cut anywhere: PARAMS records of one byte", "status 400"),
    SMALL_IDS_ONLY("The request id may be 255, 256 or 65535", "id 256"),
    LEFT_OVERS_COUNT("STDIN for an id that has ended is ignored", "another body"),
    STRICT_ABOUT_IDS("Records for an id that was never begun are ignored", "connection closed"),
    ONE_REQUEST_PER_CONNECTION("With KEEP_CONN it leaves the connection open", "closed after END_REQUEST"),
    NEVER_CLOSES("Without KEEP_CONN the application closes the connection", "stays open"),
    EARLY_OUTPUT("Nothing comes before the end of PARAMS", "output before"),
    WAITS_FOR_ALL_OF_STDIN("STDIN shorter than CONTENT_LENGTH comes to an end", "no answer in 2 s"),
    ABORT_IGNORED("END_REQUEST answers ABORT_REQUEST amid PARAMS", "no answer in 2 s"),
    ABORT_ANSWERED_TWICE("One END_REQUEST comes if ABORT_REQUEST follows STDIN", "after END_REQUEST"),
    NO_GET_VALUES("GET_VALUES: the three variables have sound values", "no answer in 2 s"),
    MALFORMED_VALUES("GET_VALUES: the three variables have sound values", "cut"),
    NO_CONNECTIONS("GET_VALUES: the three variables have sound values", "FCGI_MAX_CONNS=0"),
    ANSWERS_ANYTHING("GET_VALUES: unknown names are left out", "FCGI_NO_SUCH"),
    NO_UNKNOWN_TYPE("UNKNOWN_TYPE answers an unknown management type", "type 0: no answer"),
    MULTIPLEXING_IN_WORDS_ONLY(
            "Multiplexing, if FCGI_MPXS_CONNS is 1: the second may end before the first", "CANT_MPX"),
    ANY_ROLE("UNKNOWN_ROLE answers an unknown role", "role 0: status 200"),
    SUCCESSFUL_REFUSAL("That does not look like success", "status 200"),
    DATA_IN_BODY("DATA for a Responder does not get into its body", "another body"),
    HANGS_ON_BAD_PAIRS("Hostile: a pair that runs past the end of PARAMS", "no answer in 2 s"),
    DIES_OF_HTTP("Hostile: HTTP instead of records", "no connection"),
    LEAKS_CUT_CONNECTIONS("Hostile: HTTP instead of records", "not closed");

    final String check;
    final String reason;

    Fault(String check, String reason) {
        this.check = check;
        this.reason = reason;
    }

    /** {@return whether the check notices it by waiting in vain} */
    boolean isSilence() {
        return reason.matches(".*(no answer|stays open|not closed).*");
    }
}
