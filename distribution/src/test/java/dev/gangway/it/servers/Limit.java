package dev.gangway.it.servers;

/** What a web server itself does not do, whatever the application behind it: the reasons, as the documents give them. */
enum Limit {
    ANSWER_AFTER_UPLOAD("passes nothing of a response on before the client has sent all of its request"),
    BREAK_LEAVES_CLIENT_WAITING(
            "lets the client wait for the rest of a response that breaks off, if its length was announced"),
    BREAK_PADDED("adds an error page of its own to a response that breaks off, and restarts the process"),
    BREAK_UNNOTICED("takes a response that breaks off for a complete one, unless its length was announced"),
    BREAK_UNNOTICED_AT_ONCE(
            "may take a response for complete that breaks off before any of it went to the client, unless its length was"
                    + " announced"),
    BREAK_UNNOTICED_SHARED(
            "takes a response that breaks off for a complete one if its connection has been shared, unless its length was"
                    + " announced"),
    CHUNKED_UPLOAD_SMALL("answers 400 to a chunked upload above 15 KB"),
    EMPTY_CHUNKED_UPLOAD_HANGS("never ends the body of a chunked upload without content"),
    EMPTY_HEADER_DROPPED("drops request headers without a value"),
    ENCODED_SLASH_NOT_FOUND("answers 404 to `%2F` in a path, unless `AllowEncodedSlashes` is set"),
    LEAVING_UNNOTICED("does not tell that the client has left until the application writes"),
    LEAVING_UNNOTICED_WHILE_WRITING("may not tell that the client has left while the application writes"),
    LENGTH_REQUIRED("answers 411 to a POST that says nothing about a body"),
    ONE_AT_A_TIME("gives one request at a time to a process"),
    PROCESS_PER_REQUEST("starts a process for each request"),
    PROCESS_WAITED_FOR("lets a request wait for a second if no process is idle"),
    RESPONSE_HELD_BACK("holds a response back until it is complete"),
    UNDERSCORE_DROPPED("drops request headers with an underscore in the name"),
    UPLOAD_SPOOLED("stores an upload before it asks the application");

    private final String text;

    Limit(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
