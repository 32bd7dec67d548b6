package dev.gangway.servlet.option;

import dev.gangway.servlet.request.RequestRules;
import dev.gangway.servlet.request.SuspiciousPath;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** What applications may get to see, and of what size. */
public final class RequestOptions {
    @Option(
            names = "--allow-in-paths",
            paramLabel = "WHAT",
            split = Values.COMMA,
            splitSynopsisLabel = ",",
            description = "What is served though not every server reads it alike in a path: ${COMPLETION-CANDIDATES}"
                    + " (%%2F, //, %%25, %%5C; default: none, which is 400). Dot segments never are; nor what an"
                    + " Authorizer is asked about; nor what a security constraint would miss.")
    private List<SuspiciousPath> paths = List.of();

    @Option(
            names = "--max-form-bytes",
            paramLabel = "BYTES",
            converter = Quantity.IntBytes.class,
            description = "Bytes that a form may have, but for uploads; more get 400 unless the application does"
                    + " otherwise (default: ${DEFAULT-VALUE}).")
    private int maxFormBytes = RequestRules.DEFAULT.maxFormBytes();

    @Option(
            names = "--max-form-keys",
            paramLabel = "N",
            description = "Names that a form may have, and parts that an upload may have; more get 400 likewise"
                    + " (default: ${DEFAULT-VALUE}).")
    private int maxFormKeys = RequestRules.DEFAULT.maxFormKeys();

    @Option(
            names = "--query-charset",
            paramLabel = "CHARSET",
            description = "Charset of the escapes in a query (default: UTF-8).")
    private Charset queryCharset;

    /**
     * {@return the rules that the options stand for}
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public RequestRules rules() {
        requirePositive("max-form-bytes", maxFormBytes);
        requirePositive("max-form-keys", maxFormKeys);
        return new RequestRules(Set.copyOf(paths), maxFormBytes, maxFormKeys, queryCharset);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", want at least 1");
        }
    }
}
