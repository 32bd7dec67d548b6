package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.allowed;
import static dev.gangway.conformance.Finding.fail;
import static dev.gangway.conformance.Finding.pass;
import static dev.gangway.conformance.Finding.passIf;
import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.END_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.STDERR;
import static dev.gangway.conformance.record.FcgiNumbers.STDOUT;

import dev.gangway.conformance.record.FcgiRecord;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** How the answer to a plain request is put together. */
final class AnswerChecks {
    /** Without an answer to this one there is nothing to examine. */
    static final Check FIRST =
            new Check("FCGI-71", "A plain request is answered and ended by REQUEST_COMPLETE", AnswerChecks::plain);

    private static final Pattern FIELD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\\x00]*");
    private static final Pattern CGI_FIELD = Pattern.compile("(?im)^(Status|Content-Type|Location):");
    private static final Pattern STATUS = Pattern.compile("(?im)^Status:");

    private AnswerChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("FCGI-62", "One empty record closes STDOUT before END_REQUEST", AnswerChecks::stdoutEnd),
                new Check("FCGI-63", "An empty record closes STDERR if it was used", AnswerChecks::stderrEnd),
                new Check("FCGI-14", "Records have version 1", AnswerChecks::version),
                new Check("FCGI-95", "END_REQUEST has 8 bytes", AnswerChecks::end),
                new Check("FCGI-17", "Reserved bytes are sent as zero", AnswerChecks::reserved),
                new Check("FCGI-72", "appStatus is 0", AnswerChecks::appStatus),
                new Check("FCGI-49", "Nothing comes but STDOUT, STDERR and END_REQUEST", AnswerChecks::types),
                new Check("FCGI-94", "Nothing comes after END_REQUEST", AnswerChecks::afterTheEnd),
                new Check("FCGI-19", "Records are padded to 8 bytes with zeros", AnswerChecks::padding),
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
        return passIf(ends == 1 && stdout.get(stdout.size() - 1).isEmpty(), "STDOUT goes on after an empty record");
    }

    private static Finding stderrEnd(Application application) throws IOException {
        List<FcgiRecord> stderr = application.plain(application.get()).records(STDERR);
        if (stderr.isEmpty()) {
            return pass("not used");
        }
        return passIf(stderr.get(stderr.size() - 1).isEmpty(), "no empty STDERR record");
    }

    private static Finding version(Application application) throws IOException {
        try (Connection connection = application.connect()) {
            connection.send(application.get().script(1, CLOSE)).answer(1);
            return passIf(!connection.sawOtherVersion(), "another version");
        }
    }

    /** The specification does not say what they are; it is good manners, and FCGI-17. */
    private static Finding reserved(Application application) throws IOException {
        try (Connection connection = application.connect()) {
            byte[] end = connection
                    .send(application.get().script(1, CLOSE))
                    .answer(1)
                    .endBody();
            boolean zero = Arrays.equals(end, 5, end.length, new byte[3], 0, 3) && !connection.sawReserved();
            return zero ? pass() : allowed("they have whatever was in memory");
        }
    }

    private static Finding end(Application application) throws IOException {
        int length = application.plain(application.get()).endBody().length;
        return passIf(length == 8, length + " bytes");
    }

    private static Finding appStatus(Application application) throws IOException {
        int status = application.plain(application.get()).appStatus();
        return status == 0 ? pass() : allowed("it is " + status + ": the exit status of a CGI program");
    }

    private static Finding types(Application application) throws IOException {
        try (Connection connection = application.connect()) {
            Answer answer = connection.send(application.get().script(1, CLOSE)).answer(1);
            for (FcgiRecord record : answer.records()) {
                if (record.type() != STDOUT && record.type() != STDERR && record.type() != END_REQUEST) {
                    return fail(record.toString());
                }
            }
            if (connection.hasManagementAnswer()) {
                return fail("a record with id 0 that was not asked for");
            }
            return passIf(connection.strays().isEmpty(), "for another request: " + connection.strays());
        }
    }

    private static Finding afterTheEnd(Application application) throws IOException {
        try (Connection connection = application.connect()) {
            connection.send(application.get().script(1, KEEP_CONN)).answer(1);
            connection.listen(Application.WHILE);
            return passIf(
                    connection.strays().isEmpty() && !connection.hasManagementAnswer(),
                    connection.strays().toString());
        }
    }

    private static Finding padding(Application application) throws IOException {
        try (Connection connection = application.connect()) {
            Answer answer = connection.send(application.get().script(1, CLOSE)).answer(1);
            for (FcgiRecord record : answer.records()) {
                for (byte b : record.padding()) {
                    if (b != 0) {
                        return allowed("the padding is not zero: whatever was in memory");
                    }
                }
            }
            return connection.aligned() ? pass() : allowed("not padded; it is a recommendation");
        }
    }

    private static Finding header(Application application) throws IOException {
        String header = application.plain(application.get()).header();
        for (String line : header.split("\r?\n")) {
            if (!FIELD.matcher(line).matches()) {
                return fail("not a field: " + line);
            }
        }
        return passIf(CGI_FIELD.matcher(header).find(), "none of Content-Type, Location and Status");
    }

    private static Finding status(Application application) throws IOException {
        String header = application.plain(application.get()).header();
        return STATUS.matcher(header).find() ? pass() : allowed("none, which means 200");
    }
}
