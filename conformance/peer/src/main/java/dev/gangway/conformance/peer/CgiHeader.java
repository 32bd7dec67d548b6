package dev.gangway.conformance.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header block of a CGI response (RFC 3875, section 6), read strictly.
 *
 * @param status the number of the one {@code Status} field
 * @param reason what follows the number, perhaps empty
 * @param fields all other fields in order
 */
public record CgiHeader(int status, String reason, List<Field> fields) {
    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+): ?([^\\r\\n\\x00]*)");
    private static final Pattern STATUS = Pattern.compile("([1-9][0-9]{2})(?: (.*))?");
    private static final String END = "\r\n\r\n";

    /** One line of the header. */
    public record Field(String name, String value) {}

    /** {@return the length of the header block with its empty line, or -1 if it is not complete} */
    static int length(byte[] stdout) {
        for (int i = 0; i + 4 <= stdout.length; i++) {
            if (stdout[i] == '\r' && stdout[i + 1] == '\n' && stdout[i + 2] == '\r' && stdout[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }

    static CgiHeader parse(String block) {
        List<Field> fields = new ArrayList<>();
        Matcher status = null;
        for (String line : block.substring(0, block.length() - END.length()).split("\r\n", -1)) {
            Matcher field = FIELD.matcher(line);
            if (!field.matches()) {
                throw new AssertionError("not a CGI field: '" + line + "' in\n" + block);
            }
            if (!field.group(1).equalsIgnoreCase("Status")) {
                fields.add(new Field(field.group(1), field.group(2)));
                continue;
            }
            if (status != null) {
                throw new AssertionError("second Status in\n" + block);
            }
            status = STATUS.matcher(field.group(2));
            if (!status.matches()) {
                throw new AssertionError("malformed Status: '" + line + "'");
            }
        }
        if (status == null) {
            throw new AssertionError("no Status in\n" + block);
        }
        String reason = status.group(2) == null ? "" : status.group(2);
        return new CgiHeader(Integer.parseInt(status.group(1)), reason, List.copyOf(fields));
    }

    /** {@return the values of all fields of this name, in any case, in order} */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** {@return the value of the only field of this name, or null} */
    public String one(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw new AssertionError(name + " occurs " + values.size() + " times: " + values);
        }
        return values.isEmpty() ? null : values.get(0);
    }
}
