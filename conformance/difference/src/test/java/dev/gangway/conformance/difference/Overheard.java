package dev.gangway.conformance.difference;

import static dev.gangway.conformance.record.FcgiNumbers.PARAMS;
import static dev.gangway.conformance.record.FcgiNumbers.STDIN;
import static dev.gangway.conformance.record.FcgiNumbers.STDOUT;

import dev.gangway.conformance.record.Deframer;
import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Pairs;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request between web server and Gangway.
 *
 * @param params   what the web server has said of it
 * @param stdin    its body
 * @param finished whether the web server has said that the body ends
 * @param response what Gangway has answered, as CGI
 */
record Overheard(List<Pairs.Pair> params, byte[] stdin, boolean finished, String response) {
    static Overheard of(byte[] asked, byte[] answered) {
        return new Overheard(
                Pairs.decode(stream(asked, PARAMS)),
                stream(asked, STDIN),
                Deframer.records(asked).stream().anyMatch(Overheard::endsBody),
                new String(stream(answered, STDOUT), StandardCharsets.ISO_8859_1));
    }

    private static boolean endsBody(FcgiRecord record) {
        return record.type() == STDIN && record.content().length == 0;
    }

    private static byte[] stream(byte[] said, int type) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (FcgiRecord record : Deframer.records(said)) {
            if (record.type() == type) {
                content.writeBytes(record.content());
            }
        }
        return content.toByteArray();
    }

    /** All values of a parameter. */
    List<String> values(String name) {
        return params.stream()
                .filter(pair -> pair.name().equals(name))
                .map(Pairs.Pair::value)
                .toList();
    }

    /** What the client would have got, had the web server passed it on as it is. */
    Answer answer(Answer.Ports ports) {
        int end = response.indexOf("\r\n\r\n");
        if (end < 0) {
            return Answer.none("no header: " + response);
        }
        int status = 200;
        List<Answer.Header> headers = new ArrayList<>();
        for (String line : response.substring(0, end).split("\r\n")) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon);
            String value = line.substring(colon + 1).strip();
            if (name.equals("Status")) {
                status = Integer.parseInt(value.substring(0, 3));
            } else {
                headers.add(new Answer.Header(name, Answer.utf8(value)));
            }
        }
        byte[] body = response.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        return Answer.of(status, headers, body, ports);
    }
}
