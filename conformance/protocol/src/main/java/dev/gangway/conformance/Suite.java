package dev.gangway.conformance;

import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** All checks, in the order in which they are run and shown. */
public final class Suite {
    private Suite() {}

    /** {@return every check} */
    public static List<Check> checks() {
        return Stream.of(
                        List.of(AnswerChecks.FIRST),
                        AnswerChecks.all(),
                        FramingChecks.all(),
                        ParamsChecks.all(),
                        IdChecks.all(),
                        ConnectionChecks.all(),
                        ManagementChecks.all(),
                        MultiplexingChecks.all(),
                        RoleChecks.all(),
                        StreamChecks.all(),
                        AbortChecks.all(),
                        HostileChecks.all())
                .flatMap(List::stream)
                .toList();
    }

    /** Runs every check, or only the first one if that one fails: there is nothing to compare with then. */
    public static void run(Application application, BiConsumer<Check, Finding> listener) {
        for (Check check : checks()) {
            Finding finding = run(check, application);
            listener.accept(check, finding);
            if (check == AnswerChecks.FIRST && finding.failed()) {
                return;
            }
        }
    }

    /** Runs one check, and looks whether the application has survived it. */
    static Finding run(Check check, Application application) {
        Finding finding;
        try {
            finding = check.trial().run(application);
        } catch (IOException e) {
            return Finding.fail("no connection: " + e.getMessage());
        }
        if (finding.failed()) {
            return finding;
        }
        try {
            Answer answer = application.plain(application.get());
            return answer.complete() ? finding : Finding.fail("afterwards a plain request has " + answer.summary());
        } catch (IOException e) {
            return Finding.fail("afterwards no connection: " + e.getMessage());
        }
    }
}
