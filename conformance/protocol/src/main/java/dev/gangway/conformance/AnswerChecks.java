package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.*;
import static dev.gangway.conformance.peer.FcgiNumbers.*;

import dev.gangway.conformance.peer.FcgiRecord;
import java.io.IOException;
import java.util.List;

/** How the answer to a plain request is put together. */
final class AnswerChecks {
    /** Without an answer to this one there is nothing to examine. */
    static final Check FIRST =
            new Check("FCGI-71", "A plain request is answered and ended with REQUEST_COMPLETE", AnswerChecks::plain);

    private AnswerChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "FCGI-62", "STDOUT is closed by one empty record before END_REQUEST", AnswerChecks::stdoutEnd),
                new Check("FCGI-63", "STDERR is closed by an empty record if it was used", AnswerChecks::stderrEnd),
                new Check("FCGI-14", "Records have version 1 and a reserved byte of zero", AnswerChecks::headers),
                new Check("FCGI-95", "END_REQUEST has 8 bytes, of which the last three are zero", AnswerChecks::end),
                new Check("FCGI-72", "appStatus is 0", AnswerChecks::appStatus),
                new Check("FCGI-49", "Nothing is sent but STDOUT, STDERR and END_REQUEST", AnswerChecks::types),
                new Check("FCGI-94", "Nothing is sent for the request after END_REQUEST", AnswerChecks::afterTheEnd),
                new Check("FCGI-19", "Records sent are padded to 8 bytes with zeros", AnswerChecks::padding),
                new Check("FCGI-142", "The response begins with CGI header fields", AnswerChecks::header),
                new Check("FCGI-143", "Status is always among them", AnswerChecks::status));
    }

    private static Finding plain(Application application) throws IOException {
        Answer answer = application.plain(application.get());
        return answer.complete() ? pass(answer.summary()) : fail(answer.summary());
    }

    private static Finding stdoutEnd(Application application) throws IOException {
        List<FcgiRecord> stdout = application.plain(application.get()).records(STDOUT);
        long ends = stdout.stream().filter(FcgiRecord::isEmpty).count();
        if (ends == 0) {
            return fail("no empty STDOUT record");
        }
        return passIf(ends == 1 && stdout.get(stdout.size() - 1).isEmpty(), "STDOUT goes on after its empty record");
    }

    private static Finding stderrEnd(Application application) throws IOException {
        List<FcgiRecord> stderr = application.plain(application.get()).records(STDERR);
        if (stderr.isEmpty()) {
            return pass("not used");
        }
        return passIf(stderr.get(stderr.size() - 1).isEmpty(), "no empty STDERR record");
    }

    private static Finding headers(Application application) throws IOException {
        try (Connection connection = application.connect()) {
            connection.send(application.get().script(1, CLOSE)).answer(1);
            List<String> flaws = connection.flaws();
            return passIf(flaws.isEmpty(), String.join(", ", flaws));
        }
    }

    private static Finding end(Application application) throws IOException {
        byte[] end = application.plain(application.get()).endBody();
        if (end.length != 8) {
            return fail(end.length + " bytes");
        }
        return passIf(end[5] == 0 && end[6] == 0 && end[7] == 0, "reserved bytes are not zero");
    }

    private static Finding appStatus(Application application) throws IOException {
        int status = application.plain(application.get()).appStatus();
        return status == 0 ? pass() : allowed("it is " + status + ", as the application likes");
    }

    private static Finding types(Application application) throws IOException {
        try (Connection connection = application.connect()) {
            Answer answer = connection.send(application.get().script(1, CLOSE)).answer(1);
            for (FcgiRecord record : answer.records()) {
                if (record.type() != STDOUT && record.type() != STDERR && record.type() != END_REQUEST) {
                    return fail(record.toString());
                }
            }
            if (connection.listen(Application.WHILE).hasManagementAnswer()) {
                return fail("a record with id 0 that was not asked for");
            }
            return passIf(connection.strays().isEmpty(), "records for another request: " + connection.strays());
        }
    }

    private static Finding afterTheEnd(Application application) throws IOException {
        try (Connection connection = application.connect()) {
            connection.send(application.get().script(1, KEEP_CONN)).answer(1);
            connection.listen(Application.WHILE);
            return passIf(connection.strays().isEmpty(), connection.strays().toString());
        }
    }

    private static Finding padding(Application application) throws IOException {
        try (Connection connection = application.connect()) {
            Answer answer = connection.send(application.get().script(1, CLOSE)).answer(1);
            for (FcgiRecord record : answer.records()) {
                for (byte b : record.padding()) {
                    if (b != 0) {
                        return allowed("the padding has other bytes");
                    }
                }
            }
            return connection.aligned() ? pass() : allowed("not padded; it is a recommendation");
        }
    }

    private static Finding header(Application application) throws IOException {
        String header = application.plain(application.get()).header();
        for (String line : header.split("\r?\n")) {
            if (!line.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\\x00]*")) {
                return fail("not a field: " + line);
            }
        }
        return passIf(
                header.matches("(?is)(.*\n)?(Status|Content-Type|Location):.*"),
                "none of Content-Type, Location and Status");
    }

    private static Finding status(Application application) throws IOException {
        return application.plain(application.get()).header().matches("(?is)(.*\n)?Status:.*")
                ? pass()
                : allowed("none, which means 200");
    }
}
