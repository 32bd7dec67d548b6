package dev.gangway.conformance;

import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** All checks, in the order in which they are run and shown. */
public final class Suite {
    private static final List<Check> CHECKS = Stream.of(
                    List.of(AnswerChecks.FIRST),
                    AnswerChecks.all(),
                    FramingChecks.all(),
                    ParamsChecks.all(),
                    IdChecks.all(),
                    ConnectionChecks.all(),
                    StreamChecks.all(),
                    AbortChecks.all(),
                    ManagementChecks.all(),
                    MultiplexingChecks.all(),
                    RoleChecks.all(),
                    HostileChecks.all())
            .flatMap(List::stream)
            .toList();

    private Suite() {}

    /** {@return every check} */
    public static List<Check> checks() {
        return CHECKS;
    }

    /**
     * Runs the checks one after the other, and tells each finding at once.
     *
     * <p>It ends early where nothing more can be found out: if the plain request has no answer, or if the application
     * takes no connection any more.
     */
    public static void run(Application application, BiConsumer<Check, Finding> listener) {
        for (Check check : CHECKS) {
            Finding finding = run(check, application);
            listener.accept(check, finding);
            if (finding.failed() && (check == AnswerChecks.FIRST || !application.isReachable())) {
                return;
            }
        }
    }

    /** Runs one check, and looks whether the application has survived it. */
    static Finding run(Check check, Application application) {
        try {
            Finding finding = check.trial().run(application);
            if (finding.failed()) {
                return finding;
            }
            Answer after = application.plain(application.get());
            return after.complete() ? finding : Finding.fail("afterwards a plain request: " + after.summary());
        } catch (IOException e) {
            return Finding.fail("no connection: " + e.getMessage());
        }
    }
}
