package dev.gangway.conformance;

import static dev.gangway.conformance.record.FcgiNumbers.CANT_MPX_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.END_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.OVERLOADED;
import static dev.gangway.conformance.record.FcgiNumbers.REQUEST_COMPLETE;
import static dev.gangway.conformance.record.FcgiNumbers.STDERR;
import static dev.gangway.conformance.record.FcgiNumbers.STDOUT;
import static dev.gangway.conformance.record.FcgiNumbers.UNKNOWN_ROLE;

import dev.gangway.conformance.record.FcgiRecord;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What has come for one request: kept as it is, right or wrong, for a check to judge. */
final class Answer {
    private static final Pattern HEADER_END = Pattern.compile("\r?\n\r?\n");
    private static final Pattern STATUS = Pattern.compile("(?im)^Status:[ \t]*(\\d{3})");
    private static final Pattern LOCATION = Pattern.compile("(?im)^Location:");

    private final int id;
    private final List<FcgiRecord> records = new ArrayList<>();
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private FcgiRecord end;
    private String missing = "";
    private boolean silent;

    Answer(int id) {
        this.id = id;
    }

    void accept(FcgiRecord record) {
        records.add(record);
        switch (record.type()) {
            case STDOUT -> stdout.writeBytes(record.content());
            case STDERR -> stderr.writeBytes(record.content());
            case END_REQUEST -> end = record;
            default -> {
                // Left to the check.
            }
        }
    }

    /** Notes that nothing more has come in time. */
    void silent(String why) {
        missing = why;
        silent = true;
    }

    /** Notes that nothing more can come. */
    void closed() {
        missing = "connection closed without END_REQUEST";
    }

    /** {@return whether nothing has happened until the deadline} */
    boolean isSilent() {
        return silent;
    }

    int id() {
        return id;
    }

    List<FcgiRecord> records() {
        return List.copyOf(records);
    }

    List<FcgiRecord> records(int type) {
        return records.stream().filter(record -> record.type() == type).toList();
    }

    /** {@return whether END_REQUEST has come} */
    boolean ended() {
        return end != null;
    }

    /** {@return why END_REQUEST has not come} */
    String missing() {
        return missing;
    }

    /** {@return the content of END_REQUEST; empty if it has not come} */
    byte[] endBody() {
        return ended() ? end.content() : new byte[0];
    }

    int protocolStatus() {
        return end.content().length > 4 ? end.content()[4] & 0xFF : -1;
    }

    int appStatus() {
        return end.content().length > 3 ? ByteBuffer.wrap(end.content()).getInt() : -1;
    }

    /** {@return whether the application has accepted the request and answered it to the end} */
    boolean complete() {
        return ended() && protocolStatus() == REQUEST_COMPLETE && !header().isEmpty();
    }

    /** {@return the header block without its empty line; empty if it is not complete} */
    String header() {
        String text = stdout();
        Matcher end = HEADER_END.matcher(text);
        return end.find() ? text.substring(0, end.start()) : "";
    }

    /** {@return what follows the header block} */
    String body() {
        String text = stdout();
        Matcher end = HEADER_END.matcher(text);
        return end.find() ? text.substring(end.end()) : "";
    }

    /** {@return the status as a web server understands it (RFC 3875, section 6.3.3)} */
    int status() {
        Matcher status = STATUS.matcher(header());
        if (status.find()) {
            return Integer.parseInt(status.group(1));
        }
        return LOCATION.matcher(header()).find() ? 302 : 200;
    }

    String stdout() {
        return stdout.toString(StandardCharsets.ISO_8859_1);
    }

    String stderr() {
        return stderr.toString(StandardCharsets.ISO_8859_1);
    }

    /** {@return the end in a few words} */
    String summary() {
        if (!ended()) {
            return missing;
        }
        return switch (protocolStatus()) {
            case REQUEST_COMPLETE -> header().isEmpty() ? "no header block" : "status " + status();
            case CANT_MPX_CONN -> "FCGI_CANT_MPX_CONN";
            case OVERLOADED -> "FCGI_OVERLOADED";
            case UNKNOWN_ROLE -> "FCGI_UNKNOWN_ROLE";
            default -> "protocolStatus " + protocolStatus();
        };
    }
}
