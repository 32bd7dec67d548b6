package dev.gangway.servlet.option;

import dev.gangway.servlet.request.RequestRules;
import dev.gangway.servlet.request.SuspiciousPath;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which paths, forms and queries applications accept. */
public final class RequestOptions {
    @Option(
            names = "--allow-in-paths",
            paramLabel = "WHAT",
            split = Values.COMMA,
            splitSynopsisLabel = ",",
            description = "What to accept in paths although servers interpret it differently:"
                    + " ${COMPLETION-CANDIDATES} (%%2F, //, %%25, %%5C; default: none, such a path gets 400)."
                    + " Dot segments are never accepted, nor is any of these in a question to an Authorizer or"
                    + " where a security constraint would miss it.")
    private List<SuspiciousPath> paths = List.of();

    @Option(
            names = "--max-form-bytes",
            paramLabel = "BYTES",
            converter = Quantity.IntBytes.class,
            description = "Maximum size of a form, uploads excepted; a larger one gets 400 unless the application"
                    + " handles it (default: ${DEFAULT-VALUE}).")
    private int maxFormBytes = RequestRules.DEFAULT.maxFormBytes();

    @Option(
            names = "--max-form-keys",
            paramLabel = "N",
            description = "Maximum number of names in a form, and of parts in an upload; more get 400 as well"
                    + " (default: ${DEFAULT-VALUE}).")
    private int maxFormKeys = RequestRules.DEFAULT.maxFormKeys();

    @Option(
            names = "--query-charset",
            paramLabel = "CHARSET",
            description = "Charset of percent-encoded bytes in a query (default: UTF-8).")
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
